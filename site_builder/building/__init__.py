"""One build: which pages and files there are, who makes them, how they take the old ones' place."""
