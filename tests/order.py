"""Which tests run, and in which order."""

from pathlib import Path

DATABASES = {"db", "transactional_db", "django_db_setup"}  # fixtures that give one
PROGRAMS = Path(__file__).parent / "production"

# Files that take long: begun first, so that no process works on when the others have nothing left.
# Those that mostly wait stand among those that compute, so that not two processes wait at a time.
LONG = (
    "test_portal.py",
    "test_oracle_over_demonstration.py",
    "test_addresses.py",
    "test_postgres_away.py",
    "test_access_matrix.py",
    "test_backup.py",
    "test_redis_away.py",
    "test_kill.py",
    "test_two_processes.py",
    "test_sections.py",
    "test_upgrade.py",
    "test_against_oracle.py",
    "test_indicator.py",
    "test_one_road.py",
    "test_every_act.py",
    "test_same_digits.py",
    "test_printable.py",
)


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        action="store_true",
        help="only tests that ask a database: the others say the same whichever it is",
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("--database"):
        left = [item for item in items if not asks_database(item)]
        items[:] = [item for item in items if asks_database(item)]
        config.hook.pytest_deselected(items=left)
    # What a module lets stand (tests/conftest.py) stands for its last tests: others want none of it.
    items.sort(key=lambda item: (turn(item), "standing" in item.fixturenames))


def turn(item) -> int:
    return LONG.index(item.path.name) if item.path.name in LONG else len(LONG)


def asks_database(item) -> bool:
    """Itself, or by programs that it starts."""
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASES.isdisjoint(item.fixturenames)
        or item.path.is_relative_to(PROGRAMS)
    )
