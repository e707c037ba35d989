"""Figures for whoever runs the service or checks how it is run: a day or a week, in plots, tables and CSV."""
