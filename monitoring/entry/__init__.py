"""The pages of entry and review."""
