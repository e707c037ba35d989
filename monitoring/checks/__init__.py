"""Presence checks: planned by a seed, asked by a ladder, answered, read."""
