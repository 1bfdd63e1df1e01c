"""The catalogue as everybody reads it."""
