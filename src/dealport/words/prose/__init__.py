"""Prose, read as a person would: what a thesis wants, what a description says a startup does, and what neither means."""
