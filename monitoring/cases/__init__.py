"""Cases: one person's home isolation, from opening to closing."""
