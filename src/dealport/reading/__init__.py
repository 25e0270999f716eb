"""What lies on disk, as tables of cells with their places, and as rows of participants, deals and events."""
