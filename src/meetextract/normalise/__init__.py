"""From the words of a mention to its value: pure functions, without spaCy and without files."""
