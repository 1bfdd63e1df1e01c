"""The recipes of CONTRIBUTING.md are true: every file that they name is there, and whatever the
portal has of a kind has taken every step of its recipe.

The steps are in tests/recipes/steps.py. What is new and has forgotten one is told which.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from monitoring.analysis import RULES
from pip_network.people import access
from pip_network.site.home import guides
from tests.recipes.steps import (
    EARLIER,
    KINDS,
    ROLE,
    ROOMS,
    ROOT,
    Kind,
    Unknown,
    matching,
    text_of,
    verbs_written,
)

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PATH = re.compile(r"`([\w.<>/-]+(?:\.(?:py|csv|html|md|txt)|/))`")


def recipes() -> dict[str, str]:
    parts = TEXT.split("## Recipes\n")[1].split("\n### ")[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


def files_of(recipe: str) -> list[str]:
    """What stands before the colon of each numbered line."""
    lines = re.findall(r"^\d+\. (.*)$", recipes()[recipe], re.M)
    return [path for line in lines for path in PATH.findall(line.partition(": ")[0])]


def forgotten(kind: Kind, thing: Any) -> list[str]:
    return [file for file, has in kind.steps.items() if not has(thing)]


@pytest.mark.parametrize("name", KINDS)
def test_what_is_there_has_taken_every_step(name):
    kind = KINDS[name]
    lacking = {str(thing): steps for thing in kind.there() if (steps := forgotten(kind, thing))}
    assert list(kind.there()) != []
    assert lacking == {}


@pytest.mark.parametrize("name", KINDS)
def test_a_stranger_is_told_every_step_in_the_order_of_the_recipe(name):
    assert forgotten(KINDS[name], KINDS[name].stranger) == files_of(name)


def test_words_of_earlier_versions_are_of_no_verb_that_is_written():
    assert verbs_written() & EARLIER == set()


def test_a_role_that_was_only_put_into_the_tables_is_told_the_rest(monkeypatch):
    role = Unknown.ROLE
    monkeypatch.setitem(access.ROLE_LABELS, role, "Keeper of nothing")
    monkeypatch.setitem(access.SCOPES, role, (access.EVERYWHERE,))
    monkeypatch.setitem(access.ROLES, role, frozenset())
    told = forgotten(KINDS["Role"], role)
    assert told == list(ROLE)  # it holds nothing, so that it starts nowhere
    monkeypatch.setitem(access.ROLES, role, frozenset({access.Permission.VIEW_INTERNAL}))
    assert forgotten(KINDS["Role"], role) == list(ROLE)[1:]
    monkeypatch.setitem(guides.GUIDE_OF, role, guides.GUIDES[0])
    assert "pip_network/site/home/guides/<guide>.py" not in forgotten(KINDS["Role"], role)


# --- columns and languages: whatever names one stands in the recipe

WITNESSES = {
    "Field of a firm": (r"owner_sex|sex of the owner", ("projects", "templates/projects")),
    "Field of a firm that approval freezes": (r"owner_sex|sex of the owner", ("monitoring",)),
    "Language": (r"[\"']pt[\"']|_pt\b", ROOMS),
}
# The demonstration's own words, and the samples of the gallery.
INVENTED = ("pip_network/site/demo", "pip_network/site/home/samples.py")


def naming(pattern: str, folders: Iterable[str]) -> Iterator[str]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.*")):
            place = file.relative_to(ROOT).as_posix()
            if (
                file.suffix in (".py", ".html")
                and "migrations" not in file.parts
                and not place.startswith(INVENTED)
                and re.search(pattern, file.read_text("utf-8"), re.I)
            ):
                yield place


@pytest.mark.parametrize("name", WITNESSES)
def test_the_recipe_lists_every_file_that_names_a_field_or_a_language(name):
    pattern, folders = WITNESSES[name]
    assert [place for place in naming(pattern, folders) if place not in files_of(name)] == []


@pytest.mark.parametrize("name", WITNESSES)
def test_every_file_of_the_recipe_names_the_field_or_the_language(name):
    pattern, _folders = WITNESSES[name]
    silent = [path for path in files_of(name) if not re.search(pattern, text_of(path), re.I)]
    assert silent == []


# --- the document itself


def test_every_file_that_it_names_is_there():
    named = PATH.findall(TEXT)
    assert len(named) > 100
    assert [path for path in named if not matching(path)] == []


def test_every_recipe_is_kept_by_a_test():
    """Those without a kind or a witness here name the test that tries them."""
    kept = {*KINDS, *WITNESSES}
    proofs = {
        name: re.findall(r"`(tests/[\w/]+\.py)`", part.partition("Proof: ")[2])
        for name, part in recipes().items()
        if name not in kept
    }
    assert kept <= set(recipes())
    assert [name for name, tests in proofs.items() if not tests] == []


def test_the_recipe_of_a_rule_names_where_every_rule_stands():
    for rule in RULES.values():
        module = rule.compute.__module__
        assert module.startswith("monitoring.analysis.rules.")
        for path in ("docs/rules.md", "tests/oracle.py"):
            assert rule.name in text_of(path), (rule.name, path)
