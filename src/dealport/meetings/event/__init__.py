"""What an event file says: the day, its slots, tables and interpreters, its guests and their wishes."""
