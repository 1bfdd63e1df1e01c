"""Imports go down the floors only: never up, never to the neighbour on the same floor.

Every import of every module is walked.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# The longest name that is the module itself or a package above it decides. None: on no floor.
FLOORS: dict[str, int | None] = {
    "pip_network": 0,
    "pip_network.settings": None,
    "pip_network.apps": None,
    "projects": 1,
    "monitoring": 2,
    "workshops": 2,
    "knowledge": 3,
    "pip_network.celery": 4,
    "pip_network.management": 4,
    "pip_network.site": 4,
    "pip_network.templatetags": 4,
}

# The rooms inside `monitoring`, by the same law: down only, never to the neighbour. None: on no
# floor.
MONITORING: dict[str, int | None] = {
    "choices": 0,
    "numbers": 0,
    "models": 1,
    "analysis": 2,
    "calendar": 2,
    "definitions": 3,
    "reports": 4,
    "sheet": 4,
    "feedback": 5,
    "evidence": 5,
    "portfolio": 5,
    "publication": 5,
    "record": 5,
    "catalogue": 6,
    "rates": 6,
    "submission": 6,
    "quality": 6,
    "targets": 6,
    "entry": 7,
    "manual": 7,
    "workbook": 8,
    "admin": 9,
    "tasks": 9,
    "apps": None,
    "management": None,
    "migrations": None,
}

# The rooms of floor 0, by the same law. The longest name decides here too: what the models and all
# rooms ask (who may), or raise, or write with, stands below the rest of its room.
GROUND: dict[str, int | None] = {
    "pip_network.choices": 0,
    "pip_network.folding": 0,
    "pip_network.files.bulk": 0,
    "pip_network.files.exports": 0,
    "pip_network.web.days": 0,
    "pip_network.web.errors": 0,
    "pip_network.people.access": 1,
    "pip_network.people.processes": 2,
    "pip_network.models": 2,
    "pip_network.running": 3,
    "pip_network.web": 4,
    "pip_network.audit": 5,
    "pip_network.administration": 6,
    "pip_network.jobs": 6,
    "pip_network.files": 7,
    "pip_network.people": 8,
    "pip_network.admin": 9,
    "pip_network.tasks": 9,
    "pip_network.wsgi": 9,
    "pip_network.data": None,
    "pip_network.migrations": None,
}
ROOMS = sorted({name.partition(".")[0] for name in FLOORS})
ALLOWED = {
    # The package itself must name the Celery application, so that every process has it.
    ("pip_network", "pip_network.celery"),
    # Only to say the type of a person; the models need the roles.
    ("pip_network.people.access.questions", "pip_network.models"),
}


def floor(module: str) -> int | None:
    return FLOORS[entry(module, FLOORS)]


def entry(module: str, table: dict[str, int | None]) -> str:
    """The longest name in the table that is the module itself or a package above it."""
    while module not in table:
        module = module.rpartition(".")[0]
    return module


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def imported(source: str, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """(line, module) for each import of one of our modules, wherever in the file it stands."""
    package = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [node.module])])
            # `from package import module` names a module; `from module import name` does not.
            names = [
                f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base
                for alias in node.names
            ]
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            names = (
                [str(node.args[0].value)]
                if function in ("import_module", "import_string", "__import__")
                else []
            )
        for name in names:
            if name.partition(".")[0] in ROOMS:
                yield node.lineno, name


def climbs(module: str, target: str) -> bool:
    if module.startswith("monitoring.") and target.startswith("monitoring."):
        return climbs_inside(module.split(".")[1], target.split(".")[1])
    if (module, target) in ALLOWED:
        return False
    if on_the_ground(module) and on_the_ground(target):
        return climbs_on_the_ground(module, target)
    own, other = floor(module), floor(target)
    if own is None or other is None:
        return False
    return other > own or (other == own and module.partition(".")[0] != target.partition(".")[0])


def climbs_inside(room: str, other: str) -> bool:
    own, beside = MONITORING[room], MONITORING[other]
    return room != other and own is not None and beside is not None and beside >= own


def on_the_ground(module: str) -> bool:
    return module.startswith("pip_network.") and floor(module) == 0


def climbs_on_the_ground(module: str, target: str) -> bool:
    room, other = entry(module, GROUND), entry(target, GROUND)
    own, beside = GROUND[room], GROUND[other]
    return room != other and own is not None and beside is not None and beside >= own


def our_files() -> list[Path]:
    return sorted(
        file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "serve" not in file.parts
    )


def test_no_import_climbs():
    files = our_files()
    assert len(files) > 50
    found = [
        f"{file.relative_to(ROOT)}:{line} {target}"
        for file in files
        for line, target in imported(
            file.read_text("utf-8"), module_name(file), file.name == "__init__.py"
        )
        if climbs(module_name(file), target)
    ]
    assert found == []


def test_the_rooms_are_the_five_and_no_other():
    assert sorted(path.parent.name for path in ROOT.glob("*/apps.py")) == ROOMS


def test_the_table_names_nothing_that_has_gone():
    assert [name for name in FLOORS if not is_module(name)] == []
    assert [name for name in GROUND if not is_module(name)] == []
    assert [name for name in MONITORING if not is_module(f"monitoring.{name}")] == []


def test_the_table_names_every_room_of_monitoring():
    there = {
        module_name(file).split(".")[1]
        for file in our_files()
        if file.parts[-2:] != ("monitoring", "__init__.py")
        and module_name(file).startswith("monitoring.")
    }
    assert there == set(MONITORING)


def test_the_table_names_every_room_of_the_ground():
    there = {
        ".".join(module_name(file).split(".")[:2])
        for file in our_files()
        if on_the_ground(module_name(file))
    }
    assert there - set(GROUND) == set()


@pytest.mark.parametrize(
    ("module", "source", "climbing"),
    [
        ("projects.actions.firms", "from monitoring.models import Round", True),
        ("projects.actions.firms", "def f():\n    from monitoring import models", True),
        ("projects.actions.firms", "import monitoring.models as m", True),
        ("projects.actions.firms", "import_module('monitoring.models')", True),
        ("monitoring.rates.actions", "from workshops.models import Workshop", True),
        ("workshops.views", "from monitoring.models import Round", True),
        ("pip_network.jobs.jobs", "from projects.models import Project", True),
        ("pip_network.jobs.jobs", "from ..site import navigation", True),
        ("pip_network.jobs.jobs", "from ..site.navigation import main_menu", True),
        ("pip_network.models.jobs", "from ..site.wiring import PANELS", True),
        ("pip_network.jobs.jobs", "from pip_network import site, audit", True),
        ("monitoring.sheet.sheet", "from projects.models import Project", False),
        ("knowledge.views", "from workshops.models import Workshop", False),
        ("pip_network.site.urls", "from knowledge.models import Work", False),
        ("pip_network.jobs.jobs", "from . import audit", False),
        ("pip_network.models.jobs", "from ..choices import JobStatus", False),
        ("monitoring.entry.views.sheet", "from . import cells", False),
        ("monitoring.entry.views.sheet", "from monitoring.sheet import sheet", False),
        ("monitoring.sheet.sheet", "from monitoring.entry.views import sheet", True),
        ("monitoring.record.chain", "from monitoring.portfolio import kept_figures", True),
        ("monitoring.record.chain", "from . import guards", False),
        ("monitoring.entry.views.sheet", "import json, django.urls", False),
        ("pip_network.jobs.outbox", "from pip_network.people.roles import give_role", True),
        ("pip_network.jobs.outbox", "from pip_network.people.access import can", False),
        ("pip_network.jobs.outbox", "from pip_network.administration import facts", True),
        ("pip_network.running.health", "from pip_network.jobs import jobs", True),
        ("pip_network.people.access", "from pip_network.people import roles", True),
        ("pip_network.people.access.questions", "from pip_network.models import User", False),
        ("pip_network.files.exports", "from pip_network.files.importing import plan", True),
        ("pip_network.files.importing.plan", "from pip_network.files import exports", False),
        ("pip_network.web.listing", "from pip_network.files import exports", False),
        ("pip_network.web.listing", "from pip_network.files import incoming", True),
        ("pip_network.people.views.roles", "from pip_network.people import roles", False),
    ],
)
def test_the_walk_sees_each_way_to_import(module, source, climbing):
    assert (
        any(climbs(module, target) for _line, target in imported(source, module, is_package=False))
        is climbing
    )


def test_a_package_may_name_the_celery_application_and_nothing_else_above():
    assert not climbs("pip_network", "pip_network.celery")
    assert climbs("pip_network", "pip_network.site.urls")
