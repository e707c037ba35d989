"""The duty desk: doubts that people decide."""
