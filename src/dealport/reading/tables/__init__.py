"""A table of cells before anyone knows what it means: its columns, its origin, its limits, what became of its rows."""
