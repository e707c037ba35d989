"""What is said to patients on calls, since they can't read a text."""
