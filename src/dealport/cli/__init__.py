"""Reads options, makes one call, shows the result."""
