"""The Manual of the common monitoring system: what a version of the catalogue asks, computes and
checks, and how it is filled in, as pages and on paper.
"""
