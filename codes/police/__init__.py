"""Who may look whether a pass is good, and every look."""
