"""Lists for who keeps the library: what waits, what is missing, what is doubtful."""
