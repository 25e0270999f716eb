"""What lies on disk, as rows with their origin."""
