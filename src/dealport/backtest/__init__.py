"""How well the ranking finds deals that really happened."""
