"""Read options, one call, show."""
