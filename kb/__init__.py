"""The rule base: records of notices, kept as YAML and served to search, site and programs."""
