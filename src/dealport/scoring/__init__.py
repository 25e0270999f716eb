"""From columns to ranked, explained pairs."""
