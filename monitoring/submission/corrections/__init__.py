"""Corrections of what approval froze: next versions, their words, and the room for them in the
administration. The act itself is in `monitoring.submission.correcting`.
"""
