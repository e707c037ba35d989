"""Figures about people at home: a month at a time, in plots, tables and CSV, and where they live by district."""
