"""From results to files and streams."""
