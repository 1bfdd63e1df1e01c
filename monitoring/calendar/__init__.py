"""Rounds: when they open, when they are due, what each asks."""
