"""What is held about somebody: shown, kept for so long, deleted."""
