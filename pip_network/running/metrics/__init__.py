"""Numbers for those who collect them: `/metrics`, in the text format of Prometheus. Closed unless
METRICS_TOKEN is set.
"""
