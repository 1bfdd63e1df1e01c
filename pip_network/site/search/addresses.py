"""Addresses that may not exist."""

from django.urls import NoReverseMatch, reverse


def first_address(*candidates: tuple[str, list[object]]) -> str | None:
    """Of the url names with their arguments, the first that this portal has."""
    for name, arguments in candidates:
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return None
