"""Targets: what a project means its indicators to be; proposed by its director, agreed by the
specialist.
"""
