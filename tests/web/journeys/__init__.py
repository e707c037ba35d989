"""Whole journeys in a real browser, with the telephone, the mail and the officer they need."""
