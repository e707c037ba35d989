"""Orders on pages: versions, drafts, what is to be put right, differences, activation by two people."""
