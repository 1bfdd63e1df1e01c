"""What the privacy page states is what the code does: every period, every cookie."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account import app_settings
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from pip_network.files.importing import previews
from pip_network.people import invitations
from pip_network.people.access import Role
from pip_network.site.home import privacy
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[4]
PASSWORD = "una-frase-larga-7"  # noqa: S105 -- of a test


def said(language: str = "en") -> str:
    client = Client()
    client.cookies["pip_language"] = language
    return " ".join(strip_tags(client.get("/privacy/").content.decode()).split())


def test_every_period_on_the_page_is_one_of_the_code():
    page = said()
    wanted = [
        f"{settings.SESSION_COOKIE_AGE // 3600} hours at most",
        f"{settings.SESSION_IDLE_SECONDS // 60} minutes without a page",
        f"the letter opens an account for {settings.INVITATION_DAYS} days",
        f"a key for a new password opens for {settings.PASSWORD_RESET_TIMEOUT // 60} minutes",
        f"{previews.KEEP // timedelta(minutes=1)} minutes at most",
        f"its manual proposes {privacy.BACKUP_DAYS} days",
    ]
    assert [words for words in wanted if words not in page] == []
    numbers = {int(number) for number in re.findall(r"(\d+) (?:days|hours|minutes?)\b", page)}
    assert numbers == set(privacy.periods().values())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "one person gets 10 a day"),
        ("es", "recibe como máximo 10 por día"),
        ("pt", "10 por dia"),
    ],
)
def test_it_says_that_firms_are_recognised_across_projects(language, words):
    assert words in said(language)


@pytest.mark.parametrize("language", ["es", "pt"])
def test_it_says_the_same_numbers_in_every_language(language):
    numbers = {
        int(number) for number in re.findall(r"(\d+) (?:d[ií]as|horas|minutos?)\b", said(language))
    }
    assert numbers == set(privacy.periods().values())


def test_a_changed_period_changes_the_page(settings):
    settings.INVITATION_DAYS = 5
    settings.SESSION_COOKIE_AGE = 40 * 3600
    page = said()
    assert "opens an account for 5 days" in page
    assert "40 hours at most" in page


def test_the_periods_are_kept():
    """The numbers against what comes out: an invitation, a session, a key for a password."""
    admin = factories.user("admin", role=Role.ADMINISTRATION)
    at = timezone.now()
    given = {
        "email": "n@example.org",
        "name": "N",
        "role": Role.EXPERT,
        "scope": "*",
        "reason": "Para la prueba de plazos",
        "language": "es",
    }
    kept = privacy.periods()
    row = invitations.invite(**given, by=admin, at=at)
    assert row.expires_at - row.sent_at == timedelta(days=kept["invitation"])
    assert kept["reset_minutes"] * 60 == settings.PASSWORD_RESET_TIMEOUT
    assert default_token_generator.check_token(admin, default_token_generator.make_token(admin))
    assert kept["session_hours"] * 3600 == app_settings.SESSION_COOKIE_AGE


def test_sign_ins_are_counted_by_address_for_as_long_as_it_says(settings):
    assert privacy.counted_minutes() == 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "40/3m/ip,5/2h/key"}
    assert privacy.counted_minutes() == 3


def test_the_manual_keeps_backups_for_as_long_as_it_says():
    assert f"-mtime +{privacy.BACKUP_DAYS} -delete" in (ROOT / "docs" / "operating.md").read_text(
        "utf-8"
    )


def test_no_cookie_is_set_that_it_does_not_name():
    person = factories.user("ana", role=Role.EXPERT, password=PASSWORD)
    client = Client()
    client.get("/invitation/nonsense/")
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD, "remember": "1"})
    client.post("/language/", {"language": "en", "next": "/"})
    client.post("/account/", {"name": "Ana", "language": "en", "time_zone": ""})
    ages = {name: cookie["max-age"] for name, cookie in client.cookies.items()}
    page = Client().get("/privacy/").content.decode()
    assert set(ages) == set(re.findall(r"<dt><code>(\w+)</code></dt>", page))
    kept = privacy.periods()
    assert ages["sessionid"] == kept["session_hours"] * 3600
    for name, what in (
        ("csrftoken", "csrf"),
        ("pip_device", "device"),
        ("pip_language", "language"),
    ):
        assert ages[name] == kept[what] * 86400, name
