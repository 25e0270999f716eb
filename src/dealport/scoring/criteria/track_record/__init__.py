"""The criteria of what investors did, beside what they say: in force where deals are known."""
