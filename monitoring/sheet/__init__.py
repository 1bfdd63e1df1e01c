"""The sheet of a submission: its units, its cells, its checks."""
