"""What people write and what we write: text to intent, outcome to sentence."""
