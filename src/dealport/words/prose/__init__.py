"""Prose read like a reader: what a thesis wants, what a description says a startup does, and what neither means."""
