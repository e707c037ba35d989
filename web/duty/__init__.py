"""The duty desk: doubts about patients at home, and calls for help, that people decide."""
