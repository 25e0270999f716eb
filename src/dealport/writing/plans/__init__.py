"""A meeting plan as files: workbook, tables, cards, calendars."""
