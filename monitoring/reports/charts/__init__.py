"""Charts: Vega-Lite specifications as plain dicts, a module for each kind, and their drawing as SVG
(`draw`).

Every chart is drawn twice, wide and narrow, so that its text keeps its size on paper, screen and
telephone. Labels arrive already formatted in the reader's convention: a chart shows the same digits
as the table behind it.
"""
