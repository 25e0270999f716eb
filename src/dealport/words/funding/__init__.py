"""Amounts of money and rounds."""
