"""From rows to a checked market."""
