"""Seeds of the second factor and of recovery codes as they lie in the database: sealed with a key
from the environment, so that who reads a copy of the database has no second step of anybody.
"""

import base64
from functools import cache

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pip_network.web.errors import Conflict
from pip_network.web.locks import for_update

SEALED = "sealed:"  # what has no such beginning is of before there was a key
FIELDS = ("secret", "seed")


def seal(text: str) -> str:
    """Under the first key."""
    return SEALED + _box(*_keys()).encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """Under any of the keys. Raises Conflict when it is under none: never an empty seed, whose codes
    everybody could compute.
    """
    if not text.startswith(SEALED):
        return text
    try:
        return _box(*_keys()).decrypt(text.removeprefix(SEALED).encode()).decode()
    except InvalidToken:
        raise Conflict(
            _("Your second step cannot be checked any more: ask the administration to reset it.")
        ) from None


@transaction.atomic
def seal_all() -> int:
    """Seal anew under the first key what lies in clear or under another key; returns how many.

    Safe to repeat. What no key opens is left as it is.
    """
    return sum(_seal_anew(row) for row in for_update(Authenticator.objects.all()))


def _seal_anew(row: Authenticator) -> bool:
    kept = {name: row.data[name] for name in FIELDS if name in row.data}
    if all(_is_current(text) for text in kept.values()):
        return False
    try:
        row.data |= {name: seal(unseal(text)) for name, text in kept.items()}
    except Conflict:
        return False
    row.save(update_fields=["data"])
    return True


def _is_current(text: str) -> bool:
    if not text.startswith(SEALED):
        return False
    try:
        _box(_keys()[0]).decrypt(text.removeprefix(SEALED).encode())
    except InvalidToken:
        return False
    return True


def _keys() -> tuple[str, ...]:
    """The last is the secret of the portal itself: what was sealed before there was a key of its own
    stays readable.
    """
    return (*settings.SECOND_FACTOR_KEYS, settings.SECRET_KEY)


@cache
def _box(*keys: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A secret of another use gives another key here."""
    use = HKDF(SHA256(), length=32, salt=None, info=b"pip_network second factor")
    return base64.urlsafe_b64encode(use.derive(key.encode()))
