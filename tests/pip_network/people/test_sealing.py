"""Seeds of the second factor at rest: sealed, under the first key, read under each, never guessed."""

import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from pip_network.people import sealing
from pip_network.web.errors import Conflict
from tests import factories

pytestmark = pytest.mark.django_db
OLD, NEW = "old-" * 10, "new-" * 10
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 -- of a test
PASSWORD = "una-frase-larga-2006"  # noqa: S105 -- of a test


@pytest.fixture
def ana():
    cache.clear()
    return factories.user("ana", password=PASSWORD)


def code(secret: str = SECRET) -> str:
    return auth.format_hotp_value(
        auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time())) + 1)
    )


def stored() -> list[str]:
    rows = Authenticator.objects.order_by("type").values_list("data", flat=True)
    return [data.get("seed") or data["secret"] for data in rows]


def wrapped():
    return Authenticator.objects.get(type="totp").wrap()


def test_neither_seed_lies_in_clear(ana):
    auth.TOTP.activate(ana, SECRET)
    RecoveryCodes.activate(ana)
    assert [text.startswith("sealed:") and SECRET not in text for text in stored()] == [True, True]
    assert stored()[1] != sealing.seal(SECRET)
    assert sealing.unseal(stored()[1]) == SECRET
    assert wrapped().validate_code(code())


def test_what_lay_in_clear_opens_and_prepare_portal_seals_it(ana, settings):
    settings.SECOND_FACTOR_KEYS = [NEW]
    Authenticator.objects.create(user=ana, type="totp", data={"secret": SECRET})
    Authenticator.objects.create(
        user=ana, type="recovery_codes", data={"seed": "ab" * 40, "used_mask": 5}
    )
    before = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert wrapped().validate_code(code())
    cache.clear()

    call_command("prepare_portal")

    assert [text.startswith("sealed:") for text in stored()] == [True, True]
    assert wrapped().validate_code(code())
    codes = Authenticator.objects.get(type="recovery_codes").wrap()
    assert (codes.get_unused_codes(), len(before)) == (before, 8)
    assert sealing.seal_all() == 0


def test_a_key_is_changed_for_another(ana, settings):
    settings.SECOND_FACTOR_KEYS = [OLD]
    auth.TOTP.activate(ana, SECRET)
    settings.SECOND_FACTOR_KEYS = [NEW, OLD]
    assert sealing.unseal(stored()[0]) == SECRET
    assert (sealing.seal_all(), sealing.seal_all()) == (1, 0)
    settings.SECOND_FACTOR_KEYS = [NEW]
    assert sealing.unseal(stored()[0]) == SECRET


def test_the_secret_of_the_portal_opens_what_it_sealed(ana, settings):
    settings.SECOND_FACTOR_KEYS = []
    auth.TOTP.activate(ana, SECRET)
    settings.SECOND_FACTOR_KEYS = [NEW]
    assert sealing.unseal(stored()[0]) == SECRET


def test_what_no_key_opens_lets_nobody_in(ana, settings):
    settings.SECOND_FACTOR_KEYS = [OLD]
    auth.TOTP.activate(ana, SECRET)
    settings.SECOND_FACTOR_KEYS = [NEW]
    before = stored()
    with pytest.raises(Conflict):
        wrapped().validate_code(code())
    with pytest.raises(Conflict):
        wrapped().validate_code(code(""))
    assert (sealing.seal_all(), stored()) == (0, before)
    assert entering(code()).status_code == 409
    settings.SECOND_FACTOR_KEYS = [NEW, OLD]
    assert entering(code()).status_code == 302


def test_a_code_opens_once_for_as_long_as_it_would_be_right(ana):
    """The library forgets after thirty seconds what may be given for ninety."""
    auth.TOTP.activate(ana, SECRET)
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), tick=False) as clock:
        given = auth.format_hotp_value(
            auth.hotp_value(SECRET, list(auth.yield_hotp_counters_from_time())[2])
        )
        assert entering(given).status_code == 302
        clock.shift(40)
        assert auth.validate_totp_code(SECRET, given)
        assert entering(f" {given[:3]} {given[3:]}").status_code == 200
        other = auth.format_hotp_value(
            auth.hotp_value(SECRET, list(auth.yield_hotp_counters_from_time())[2])
        )
        assert entering(other).status_code == 302


def entering(given: str, client: Client | None = None):
    client = client or Client()
    client.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    return client.post("/accounts/2fa/authenticate/", {"code": given})
