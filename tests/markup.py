"""Markup as a browser takes it, whichever way its template is cut into lines."""

import re

BESIDE_A_TAG = re.compile(r"(?<=>)\s*\n\s*|\s*\n\s*(?=<)")


def folded(page: str) -> str:
    """Without line breaks between tags, and with one space for those in a text or a tag."""
    return re.sub(r"\s+>", ">", re.sub(r"\s*\n\s*", " ", BESIDE_A_TAG.sub("", page)))
