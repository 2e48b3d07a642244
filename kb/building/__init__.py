"""How a build gets its work done: one document at a time, anywhere, and never twice."""
