"""Orders while they are written, checked against each other, and put in force by two."""
