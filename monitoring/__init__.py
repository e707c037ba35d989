"""People told to stay at home: cases, the fact of leaving, presence checks, and people who decide."""
