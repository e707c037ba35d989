"""The clinicians' pages: cases of people at home, from opening to closing."""
