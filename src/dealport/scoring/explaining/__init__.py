"""Why pairs have the scores they have: sectors in common, reasons and flags, for any number of pairs at once."""
