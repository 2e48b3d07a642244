"""Text to structure to tags: pure functions, no disk, no clock, no network."""
