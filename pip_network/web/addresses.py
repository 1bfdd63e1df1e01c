"""Addresses that somebody types for others to follow: who reads one must see where it leads."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from pip_network.folding import is_unseen
from pip_network.web.errors import Invalid

SCHEMES = ("http", "https")


def require_address(address: str, place: str = "") -> None:
    """Raises Invalid for an address that is no page, that names somebody before its host, or that
    holds letters that nobody sees, such as those that turn the direction of reading.
    """
    if any(map(is_unseen, address)):
        raise Invalid(
            _("The address holds signs that cannot be seen: type it anew."),
            place=place,
        )
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that do not close
        raise Invalid(_("This is no address of a page."), place=place) from None
    if parts.scheme.lower() not in SCHEMES:
        raise Invalid(_("An address begins with https:// or http://."), place=place)
    if not parts.hostname:
        raise Invalid(_("This is no address of a page."), place=place)
    if "@" in parts.netloc:
        raise Invalid(
            _("The address holds a user name or a password: take away what stands before the @."),
            place=place,
        )
