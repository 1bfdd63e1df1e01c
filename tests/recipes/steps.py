"""The steps of a recipe of CONTRIBUTING.md, each a question about one file: has it its part of this
thing?
"""

import csv
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils import translation

from monitoring.choices import Step
from monitoring.entry import acts
from monitoring.reports import sections
from monitoring.submission import moves, workflow
from pip_network.audit.words import WORDS
from pip_network.choices import LETTERS, MailKind
from pip_network.files import exports
from pip_network.files.importing import formats
from pip_network.people import access, accounts
from pip_network.people.access import Role
from pip_network.site import panels
from pip_network.site.home import guides
from pip_network.web.acts import Act
from tests import access_rules, access_world
from tests.acting import record
from tests.acting.walks_of_people import OF_SUBMISSIONS
from tests.pip_network.audit.test_verbs import PUT_TOGETHER, all_written

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
ITS_WORDS = "locale/parts/<room>.csv"
# Verbs that only trails of earlier versions hold: they keep their words.
EARLIER = {"institution.added", "institution.corrected"}


@cache
def text_of(pattern: str) -> str:
    return "\n".join(file.read_text("utf-8") for file in matching(pattern))


def matching(pattern: str) -> list[Path]:
    """The files that a path of a recipe stands for: `<...>` is whatever fits, `<room>` also deeper."""
    anything = re.sub(r"<[\w-]+>", "*", pattern.replace("<room>/", "**/"))
    return [file for file in ROOT.glob(anything) if ".venv" not in file.parts]


@cache
def texts() -> frozenset[str]:
    """English of every row of every part, without the context that may stand before it."""
    files = [file.read_text("utf-8").splitlines() for file in matching(ITS_WORDS)]
    return frozenset(row["en"].split("|:|")[-1] for lines in files for row in csv.DictReader(lines))


def translated(words: object) -> bool:
    with translation.override("en"):
        return str(words) in texts()


def resolves(name: str) -> bool:
    try:
        return bool(reverse(name, kwargs=access_rules.parameters(name)))
    except (NoReverseMatch, IndexError):
        return False


# --- roles


def starts_somewhere(role: Role) -> bool:
    held = access.ROLES.get(role, frozenset())
    return any(permission in held for permission, _page in accounts.START_PAGES)


def knows_role(role: Role) -> bool:
    tables = (access.ROLE_LABELS, access.SCOPES, access.ROLES)
    return all(role in table for table in tables) and starts_somewhere(role)


ROLE = {
    "pip_network/people/access/roles.py": knows_role,
    "pip_network/migrations/<migration>.py": lambda role: (
        f"('{role.value}', " in text_of("pip_network/migrations/<migration>.py")
    ),
    "pip_network/site/home/guides/<guide>.py": lambda role: role in guides.GUIDE_OF,
    "pip_network/site/home/guides/__init__.py": lambda role: role in guides.GUIDE_OF,
    ITS_WORDS: lambda role: translated(access.ROLE_LABELS.get(role, "")),
    "tests/access_rules.py": lambda role: role.value in access_rules.ROLES,
    "tests/access_world.py": lambda role: role in access_world.SCOPES,
}

# --- transitions


def past(step: str) -> str:
    return moves.PAST.get(step, "")


def act_of(step: str) -> Act | None:
    return next((a for a in vars(acts).values() if isinstance(a, Act) and a.name == step), None)


def acts_by_the_room(step: str) -> bool:
    """The action of its act stands in the room, or is one of the acts that calls one there."""
    act = act_of(step)
    where = act.action.__module__ if act else ""
    return where.startswith("monitoring.submission.") or where == acts.__name__


def has_form(step: str) -> bool:
    act = act_of(step)
    return act is not None and act.form is not None


TRANSITION = {
    "monitoring/choices.py": lambda step: past(step) in Step.values,
    "monitoring/submission/workflow.py": lambda step: step in workflow.BY_NAME,
    "monitoring/submission/moves.py": lambda step: step in moves.PAST,
    "monitoring/submission/<noun>.py": acts_by_the_room,
    "monitoring/submission/audit_words.py": lambda step: (
        f"submission.{past(step)}" in WORDS().verbs
    ),
    "monitoring/entry/forms/words.py": has_form,
    "monitoring/entry/acts.py": lambda step: act_of(step) is not None,
    "monitoring/entry/views/<view>.py": lambda step: (
        f"acts.{step.upper()}" in text_of("monitoring/entry/views/<view>.py")
    ),
    "monitoring/entry/urls.py": resolves,
    "monitoring/entry/review_urls.py": resolves,  # in one of the two
    "templates/monitoring/entry/<page>.html": lambda step: (
        f"url '{step}'" in text_of("templates/monitoring/entry/**/<page>.html")
    ),
    ITS_WORDS: lambda step: translated(WORDS().verbs.get(f"submission.{past(step)}", "")),
    "tests/access_rules.py": lambda step: step in access_rules.RULES,
    "tests/acting/record.py": lambda step: any(
        action.__name__.startswith(step) for action in record.ACTS
    ),
    "tests/acting/walks_of_people.py": lambda step: step in {act.name for act in OF_SUBMISSIONS},
    "tests/pip_network/audit/test_verbs.py": lambda step: (
        f"submission.{past(step)}" in PUT_TOGETHER["monitoring/submission/moves.py"]
    ),
}

# --- report sections, export formats, panels, audit verbs


def room_of_section(key: str) -> bool:
    section = sections.BY_KEY.get(key)
    return section is not None and section.build.__module__.startswith(f"{sections.__name__}.")


SECTION = {
    "monitoring/reports/sections/<section>.py": room_of_section,
    "monitoring/reports/sections/__init__.py": lambda key: key in sections.KEYS,
    ITS_WORDS: lambda key: key in sections.BY_KEY and translated(sections.BY_KEY[key].title),
}
FORMAT = {
    "pip_network/files/exports.py": lambda kind: exports.exporter(kind.key) is kind,
    "pip_network/files/importing/formats.py": lambda kind: (
        kind in {each.exporter for each in formats.FORMATS}
    ),
    "locale/parts/files.csv": lambda kind: translated(kind.label),
}


@cache
def words_of_rooms() -> set[str]:
    """Verbs with words in a file of their room; those of the trail itself stand in its `verbs.py`."""
    modules = [file.relative_to(ROOT) for file in matching("<room>/audit_words.py")]
    modules.append(Path("pip_network/audit/verbs.py"))
    return {
        verb
        for path in modules
        for verb in import_module(".".join(path.with_suffix("").parts)).WORDS.verbs
    }


@cache
def verbs_written() -> frozenset[str]:
    return frozenset(verb for verbs in all_written().values() for verb in verbs)


VERB = {
    "<room>/<module>.py": lambda verb: verb in verbs_written(),
    "<room>/audit_words.py": lambda verb: verb in words_of_rooms(),
    ITS_WORDS: lambda verb: translated(WORDS().verbs.get(verb, "")),
}
PANEL = {
    "<room>/panels.py": lambda panel: panel.content.__module__.partition(".")[0] in ROOMS,
    "templates/<room>/<panel>.html": lambda panel: (ROOT / "templates" / panel.template).exists(),
    "pip_network/site/wiring.py": lambda panel: panel in panels.PANELS(),
}

# --- kinds of letters


def rooms_that_name(kind: str) -> list[Path]:
    return [
        file
        for file in matching("<room>/<module>.py")
        if file.relative_to(ROOT).parts[0] in ROOMS
        and file.name != "choices.py"
        and f"MailKind.{kind.upper()}" in file.read_text("utf-8")
    ]


def has_its_words(kind: str) -> bool:
    if kind not in MailKind.values:
        return False
    return all(map(translated, (MailKind(kind).label, *filter(None, LETTERS[MailKind(kind)]))))


LETTER = {
    "pip_network/choices.py": lambda kind: kind in MailKind.values and kind in LETTERS,
    "pip_network/migrations/<migration>.py": lambda kind: (
        f"('{kind}', " in text_of("pip_network/migrations/<migration>.py")
    ),
    "<room>/<module>.py": lambda kind: rooms_that_name(kind) != [],
    "templates/letters/<letter>.txt": lambda kind: any(
        f'"{file.stem}"' in writing.read_text("utf-8") or file.stem == kind
        for writing in rooms_that_name(kind)
        for file in matching("templates/letters/<letter>.txt")
    ),
    ITS_WORDS: has_its_words,
}

# --- each kind: its steps, all of it that there is, and a stranger that has taken no step


class Kind(NamedTuple):
    steps: dict[str, Callable[[Any], bool]]
    there: Callable[[], Iterable[Any]]
    stranger: Any


class Unknown(StrEnum):
    ROLE = "keeper"


class Tabs(exports.Exporter):
    key, label, content_type, extension = "tabs", "Tabs", "text/tab-separated-values", "tsv"


KINDS = {
    "Role": Kind(ROLE, lambda: Role, Unknown.ROLE),
    "Transition": Kind(TRANSITION, lambda: workflow.BY_NAME, "suspend"),
    "Report section": Kind(SECTION, lambda: sections.KEYS, "outlook"),
    "Export format": Kind(FORMAT, lambda: exports.EXPORTERS, Tabs),
    "Audit verb": Kind(
        VERB, lambda: (WORDS().verbs.keys() | verbs_written()) - EARLIER, "firm.sold"
    ),
    "Kind of letter": Kind(LETTER, lambda: MailKind.values, "reminder"),
    "Panel": Kind(
        PANEL, lambda: panels.PANELS(), panels.Panel("firm", "a.html", lambda request, firm: None)
    ),
}
