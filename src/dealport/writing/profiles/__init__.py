"""Profiles and their problems as files."""
