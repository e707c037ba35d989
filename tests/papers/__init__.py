"""What people send, read in its own process; papers from their coming to their end."""
