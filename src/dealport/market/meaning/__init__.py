"""What the fields of a profile mean: words, sectors, amounts, places."""
