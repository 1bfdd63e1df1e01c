"""Collections, reading lists and paths. A list is no way to a work: who reads it sees those of its
works that she may read, and counts no others.
"""
