"""What commands print: records and results, status and relations, answers of claims, as lines."""
