"""Feedback: what the project gives back to each firm and each network that answered, a page each."""
