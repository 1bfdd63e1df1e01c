"""The administration's rooms for the catalogue."""
