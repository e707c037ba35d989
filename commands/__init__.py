"""The operators' command line, and what `make` starts."""
