"""What each command does: read its options, make one call, show or write."""
