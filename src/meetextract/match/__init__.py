"""Finds mentions: short, certain spans of text, by the patterns that analysts write."""
