"""What takes how long, by hand: every script here that has a `__main__` is run by `make bench`, with
the test settings and a folder of its own; it prints its times and exits 1 when it misses its mark
(docs/performance.md).
"""
