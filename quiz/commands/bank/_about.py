"""Check, read, search and edit the bank of questions."""
