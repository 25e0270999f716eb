"""What makes a pair good or rules it out: each criterion in one place, with its weight, its formula and its reason."""
