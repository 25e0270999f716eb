"""What a typed word means."""
