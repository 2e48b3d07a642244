"""The rule base as files that other programs open: one module a format, each gives bytes."""
