"""A measure through time: its values by day, its steps in words, its picture."""
