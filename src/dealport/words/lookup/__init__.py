"""From a typed word to the sectors it means."""
