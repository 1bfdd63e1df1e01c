"""Keeping the catalogue: drafts, comparison, publication, loading."""
