"""People told to stay at home: cases."""
