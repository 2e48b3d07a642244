"""How facts, days, sizes and citations read in Chinese."""
