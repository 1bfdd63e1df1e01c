"""The life of a submission: opened, filled, handed in, returned, approved, amended."""
