"""What the columns of a table mean: header row, headers to fields, vendors' names, the user's columns.toml."""
