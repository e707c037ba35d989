"""Texts out: what became of them, and sending again those that never arrived."""
