"""When and where chosen pairs meet: slots, tables, fewer idle slots."""
