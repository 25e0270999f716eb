"""Whose rows they are: startups, investors, deals; several people or lines of one; the account of each row."""
