"""Figures: counted, added up, drawn, published."""
