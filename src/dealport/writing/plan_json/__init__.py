"""plan.json, written and read back."""
