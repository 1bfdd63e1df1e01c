"""The registry's lists as tables. Each column sorts with a tie-break, so that both databases give
one order.

Columns that are not shown on the page stand in its small print; a file has them in columns of their
own.
"""
