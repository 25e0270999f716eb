"""From a timetable in numbers to the plan people read, and why somebody has fewer meetings."""
