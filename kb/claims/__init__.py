"""What somebody may claim by the rules, and how much: conditions, applicability, calculation."""
