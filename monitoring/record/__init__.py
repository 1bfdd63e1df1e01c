"""The record: what was approved, its guards, its chain, its files."""
