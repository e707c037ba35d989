"""Plots, maps and files of maps."""
