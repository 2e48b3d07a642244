"""A document as it is read: its text in marked runs, its card, the notes beside it, its state."""
