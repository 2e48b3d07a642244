"""What is in force on a day, and why: relations of documents and clauses, measures, status."""
