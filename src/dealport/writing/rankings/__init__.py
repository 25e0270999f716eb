"""Shortlists as tables, pages, Markdown and streams of rows."""
