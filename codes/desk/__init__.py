"""What agents do for callers, and who watches over it."""
