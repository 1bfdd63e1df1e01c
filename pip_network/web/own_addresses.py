"""Addresses that a page is given to go on to: only those of the portal itself."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_address(request: HttpRequest, target: str) -> str:
    """`target`, where it leads inside the portal; else nothing."""
    inside = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if inside else ""
