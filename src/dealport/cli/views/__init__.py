"""What each command shows on the screen."""
