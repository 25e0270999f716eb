"""Profiles and deals as arrays, a row a participant or a deal: what the criteria read."""
