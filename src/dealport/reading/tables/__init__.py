"""A table of cells before anyone knows what it means: its columns, its origin, its limits, its account."""
