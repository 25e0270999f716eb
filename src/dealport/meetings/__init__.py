"""Who meets whom, when, at which table, with which interpreter: a fair selection of pairs and its timetable."""
