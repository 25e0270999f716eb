"""Who is who: names, rows of one organisation, links between participants, deals."""
