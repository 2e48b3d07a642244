"""The documents, and how their bytes become text."""
