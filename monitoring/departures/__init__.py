"""The fact of leaving: fixes come in, and what comes of them is a state, a departure, a challenge or an alert."""
