"""What is said of the environment is true: README, settings, compose file and image name the same
variables and folders.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ONLY_COMPOSE = {"POSTGRES_PASSWORD", "WORKERS"}
NOT_IN_COMPOSE = {
    "PIP_DATA",
    "STATIC_ROOT",  # the image says where
    "HOST",
    "REDIS_PREFIX",  # for make run; for two portals on one Redis
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",  # their defaults are what production wants
    "PORT",  # the port outside
}


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def in_readme() -> set[str]:
    table = text("README.md").partition("## Configuration")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def read_by_the_portal() -> set[str]:
    call = r"""env\.(?:text|choice|boolean|integer|names|networks|folder|redis|secrets_of|socket)\(\s*["']([A-Z_]+)["']"""
    read = {
        *re.findall(call, text("pip_network/settings.py")),
        *re.findall(r'environ\.get\("([A-Z_]+)"', text("pip_network/running/serve/web.py")),
    }
    return read - {"PIP_SUPERVISOR"}  # make run tells its children, nobody else


def given_by_compose() -> set[str]:
    block = (
        text("docker-compose.yml")
        .partition("environment: &environment\n")[2]
        .partition("  volumes:")[0]
    )
    return set(re.findall(r"^    ([A-Z_]+): ", block, re.MULTILINE))


def test_the_readme_names_exactly_what_is_read():
    assert in_readme() - ONLY_COMPOSE == read_by_the_portal()


def test_compose_hands_on_exactly_what_production_may_set():
    assert given_by_compose() == read_by_the_portal() - NOT_IN_COMPOSE


def test_what_compose_asks_of_its_environment_is_in_the_readme():
    asked = set(re.findall(r"\$\{([A-Z_]+)", text("docker-compose.yml")))
    assert asked <= in_readme()
    assert {*ONLY_COMPOSE, "PORT"} <= asked


def test_each_service_is_started_once_its_ground_is_ready():
    services = re.split(
        r"^  (?=\w+:)",
        text("docker-compose.yml").partition("services:\n")[2].partition("\nvolumes:")[0],
        flags=re.M,
    )
    by_name = {each.partition(":")[0]: each for each in services if each.strip()}
    assert sorted(by_name) == [
        "beat",
        "front",
        "postgres",
        "prepare",
        "redis",
        "web",
        "worker",
    ]
    for name in ("web", "worker", "beat"):
        assert "prepare: {condition: service_completed_successfully}" in by_name[name]
    assert "web: {condition: service_healthy}" in by_name["front"]
    for name in ("postgres", "redis"):
        assert f"{name}: {{condition: service_healthy}}" in by_name["prepare"]
        assert "healthcheck:" in by_name[name]
        assert "volumes:" in by_name[name]


def test_the_web_server_is_reached_by_a_proxy_on_this_machine_only():
    """What it is told of a reader's address is believed: nobody but the proxy speaks to it unless
    the operator says so.
    """
    (shown,) = re.findall(r"^    ports: (.*?)(?: #.*)?$", text("docker-compose.yml"), re.M)
    assert shown == '["${PORT:-127.0.0.1:8000}:8000"]'


def test_the_image_holds_every_room_and_runs_as_nobody():
    image = text("Dockerfile")
    copied = set(re.findall(r"^COPY (.+) \S+$", image, re.M)) - {"requirements.txt"}
    rooms = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert {name for each in copied for name in each.split()} == {
        *rooms,
        "manage.py",
        "CHANGELOG.md",
        "locale",
        "templates",
        "static",
    }
    assert re.search(r"^FROM python:3\.1[1-4]-slim-bookworm$", image, re.M)
    lines = image.splitlines()
    assert lines.index("USER portal") < next(
        number for number, line in enumerate(lines) if line.startswith("CMD ")
    )
    assert "VOLUME /data" in lines
    assert "HEALTHCHECK" in image
    let_in = text(".dockerignore").split()
    assert let_in[0] == "*"
    assert {f"!{name}" for name in rooms} <= set(let_in)


def test_the_image_compiles_the_translations_itself():
    """Those of the machine it is built on stay there; all that is needed is copied before, and
    nobody may write after.
    """
    assert text(".dockerignore").split().index("locale/*/LC_MESSAGES") > text(
        ".dockerignore"
    ).split().index("!locale")
    lines = text("Dockerfile").splitlines()
    build = lines.index("RUN python -I pip_network/running/serve/catalogues.py locale")
    assert lines.index("COPY locale locale") < build
    assert lines.index("COPY pip_network pip_network") < build
    assert build < lines.index("USER portal")
