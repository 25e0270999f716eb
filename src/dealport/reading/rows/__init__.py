"""Whose rows they are: startups, investors, deals; several people or lines of one; what became of each row."""
