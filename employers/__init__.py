"""What employers upload: a list of workers as a spreadsheet saves it, read, explained line by line, and issued."""
