"""Full-text search over rules and clauses behind one small protocol."""
