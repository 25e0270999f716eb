"""A day that changes: what stays, what moves, what calendars are told."""
