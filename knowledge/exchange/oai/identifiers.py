"""Names of records for other libraries. They are of the domain of the settings, whichever name a
request came by, so that they never change.
"""

from urllib.parse import urlsplit

from django.conf import settings


def domain() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def identifier_of(code: str) -> str:
    return f"oai:{domain()}:{code}"


def code_of(identifier: str) -> str:
    """Empty for a record of anybody else."""
    start = identifier_of("")
    return identifier.removeprefix(start) if identifier.startswith(start) else ""
