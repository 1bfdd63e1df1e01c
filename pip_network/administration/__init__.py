"""The administration: rooms for rare things, and reference facts that are corrected by hand."""
