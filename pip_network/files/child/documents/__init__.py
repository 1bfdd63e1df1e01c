"""Files that are kept: what they are, and their text.

Answers: `{"kind"}` of a look; `{"page", "label", "text"}` and `{"preview"}` of a reading; `{"end": true}`.
"""
