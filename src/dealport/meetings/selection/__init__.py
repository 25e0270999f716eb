"""Which pairs meet: each aim in turn, to a proven optimum."""
