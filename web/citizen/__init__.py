"""Pages of citizens: sign in by a code, apply, and what they hold."""
