from pathlib import Path

import pytest

from pip_network.models import User
from pip_network.running import checks
from pip_network.running.serve import catalogues


@pytest.fixture
def production(settings):
    settings.PRODUCTION = True
    settings.SECRET_KEY = "9vX2k!mQ7z_Lr4Tt8PpW3sYb6NcD1fGhJ5aEoUiRqKxVwZyBnM0-portal"
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    settings.PUBLIC_URL = "https://portal.example.org"
    settings.SECOND_FACTOR_REQUIRED = True
    settings.REDIS_URL = "redis://localhost/0"
    settings.DEFAULT_FROM_EMAIL = "red-pip@example.org"
    settings.DATABASES["default"]["ENGINE"] = settings.DATABASES["default"]["ENGINE"]
    return settings


def ids(messages) -> list[str]:
    return [message.id for message in messages if message.id != "pip.W001"]


def test_good_settings(production):
    assert ids(checks.check_production()) == []


def test_debug_in_production(production):
    production.DEBUG = True
    assert ids(checks.check_production()) == ["pip.E003"]


@pytest.mark.parametrize(("test_mode", "found"), [(True, []), (False, ["pip.E005"])])
def test_eager_tasks_are_for_tests_only(test_mode, found, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.TEST = test_mode
    assert ids(checks.check_celery()) == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_demo", "in_production", "found"),
    [(True, True, ["pip.E006"]), (False, True, []), (True, False, [])],
)
def test_demonstration_accounts(is_demo, in_production, found, settings):
    settings.PRODUCTION = in_production
    User.objects.create_user("ana@example.org", name="Ana", is_demo=is_demo)
    assert ids(checks.check_demonstration_accounts(databases=["default"])) == found


@pytest.mark.django_db
@pytest.mark.parametrize(("is_demo", "stopped"), [(True, 1), (False, 0)])
def test_starting_is_refused_with_demonstration_accounts(is_demo, stopped, production, monkeypatch):
    monkeypatch.setattr(
        checks.connections, "close_all", lambda: None
    )  # the test's own connection stays
    User.objects.create_user("ana@example.org", name="Ana", is_demo=is_demo)
    said: list[str] = []
    checks.refuse_unsafe(stop=said.append)
    assert len(said) == stopped
    assert all(
        each.startswith("pip.E006: The database holds demonstration accounts") for each in said
    )


@pytest.fixture
def locale(tmp_path, settings) -> Path:
    """A folder of translations of its own, not compiled yet."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "web.csv").write_text("en,es,pt\nFirm,Empresa,Empresa\n", "utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


def test_translations_that_are_not_compiled(locale):
    (found,) = checks.check_catalogues()
    assert (found.id, found.msg) == ("pip.E012", "The translations have not been compiled.")
    assert found.hint == "Run: python manage.py build_messages"
    catalogues.build(locale)
    assert checks.check_catalogues() == []


@pytest.mark.parametrize(("in_production", "found"), [(False, ["pip.W004"]), (True, ["pip.E013"])])
def test_translations_compiled_from_other_parts(in_production, found, locale, settings):
    settings.PRODUCTION = in_production
    catalogues.build(locale)
    assert ids(checks.check_catalogues()) == []
    (locale / "parts" / "web.csv").write_text("en,es,pt\nFirm,Firma,Firma\n", "utf-8")
    assert ids(checks.check_catalogues()) == found


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["demonstration", "production"])
def test_starting_is_refused_without_compiled_translations(mode, locale, request, monkeypatch):
    monkeypatch.setattr(
        checks.connections, "close_all", lambda: None
    )  # the test's own connection stays
    if mode == "production":
        request.getfixturevalue("production")
    said: list[str] = []
    checks.refuse_unsafe(stop=said.append)
    catalogues.build(locale)
    checks.refuse_unsafe(stop=said.append)
    assert said == [
        "pip.E012: The translations have not been compiled. Run: python manage.py build_messages"
    ]
