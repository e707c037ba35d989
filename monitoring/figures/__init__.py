"""Figures about people at home: counted from rows, a month at a time, and nothing told of fewer than ten people."""
