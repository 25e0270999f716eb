"""The terminal: width, encoding, columns of words, progress, what goes to stderr."""
