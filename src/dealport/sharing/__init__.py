"""From a shortlist to files and streams."""
