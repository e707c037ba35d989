"""Organisations that ask for passes for their workers."""
