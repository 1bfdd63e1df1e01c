"""An address that is attached: one that a browser opens as a page, and nothing else."""

import hashlib
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from monitoring.models.evidence import LONGEST_ADDRESS
from pip_network.web.errors import Invalid

PLACE = "address"
VALID = URLValidator(schemes=["http", "https"])


def checked(address: str) -> str:
    """The address without the blanks around it. Raises Invalid for what is none, for another kind
    (`javascript:`), for one with a name and a password in it, and for one that is too long.
    """
    address = address.strip()
    if len(address) > LONGEST_ADDRESS:
        message = _("At most %(count)s characters.") % {"count": LONGEST_ADDRESS}
        raise Invalid(message, place=PLACE)
    if any(unicodedata.category(letter)[0] in "CZ" for letter in address):
        raise Invalid(
            _("The address contains blanks or letters that cannot be seen: copy it anew."),
            place=PLACE,
        )
    try:
        VALID(address)
        has_password = "@" in urlsplit(address).netloc
    except (ValidationError, ValueError):
        raise Invalid(
            _("Write the whole address of a page, such as https://www.example.org/page."),
            place=PLACE,
        ) from None
    if has_password:
        raise Invalid(_("Write the address without the name and password in it."), place=PLACE)
    return address


def digest(address: str) -> str:
    """By which two equal ones are one."""
    return hashlib.sha256(address.encode()).hexdigest()
