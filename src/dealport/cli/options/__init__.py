"""The options of the commands: spelling, help text and checks."""
