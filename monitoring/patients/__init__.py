"""What patients at home say and have: words, links, devices."""
