"""A day in numbers: which pairs may meet, what each needs, what a plan aims at."""
