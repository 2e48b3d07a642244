"""What documents do to each other, and the same laid out as a map."""
