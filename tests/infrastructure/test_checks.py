import pytest

from pip_network.models import User
from pip_network.running import checks


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
