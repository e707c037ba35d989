"""Honest people at home, days of them, and the real code that looks after them: who is bothered, and who is blamed."""
