"""Lessons: what projects learned, the figures that bear them out, and who applied them."""
