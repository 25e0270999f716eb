"""Prose, read as a person would: what a thesis wants, what a description says a startup does, what neither means."""
