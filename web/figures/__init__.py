"""What pages of figures share, those of staff and the public one: words, numbers, plots."""
