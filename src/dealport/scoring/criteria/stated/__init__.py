"""The criteria of what both sides say of themselves."""
