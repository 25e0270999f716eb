"""Dealport: matches startups with investors across borders, from plain profile files, and shows its reasons."""

__version__ = "0.1.0"
