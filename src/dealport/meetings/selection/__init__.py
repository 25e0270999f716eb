"""Which pairs meet: aim after aim to its proven best."""
