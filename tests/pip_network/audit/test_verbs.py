"""Every verb that the code writes has words.

The source itself is walked: a new verb without words fails here.
"""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import translation

from pip_network.audit import verbs
from pip_network.audit.words import WORDS, Words, together

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
VERB = re.compile(r"^[a-z]+\.[a-z_]+$")

# What stands in a verb that is put together, by module: each name with all that it can be.
PUT_TOGETHER: dict[str, tuple[str, ...]] = {
    "monitoring/evidence/actions.py": (
        "evidence.attached",
        "evidence.withdrawn",
        "evidence.put_back",
    ),
    "pip_network/management/commands/maintenance.py": ("maintenance.started", "maintenance.ended"),
    "monitoring/submission/moves.py": tuple(
        f"submission.{step}"
        for step in (
            "opened",
            "submitted",
            "withdrawn",
            "begun",
            "returned",
            "approved",
            "amended",
            "discarded",
            "extended",
            "reminded",
        )
    ),
    "pip_network/administration/facts.py": tuple(
        f"{model}.{done}"
        for model in ("concept", "country", "projectfamily", "workshop")
        for done in ("added", "corrected")
    ),
    "pip_network/administration/archiving.py": tuple(
        f"{noun}.{done}"
        for noun in ("project", "network", "firm", "institution")
        for done in ("archived", "restored")
    ),
    "knowledge/works/changing.py": (
        "work.reviewed",
        "work.published",
        "work.withdrawn",
        "work.restored",
    ),
    "pip_network/audit/denied.py": verbs.DENIED,
    "pip_network/audit/signing_in.py": (
        "signin.done",
        "signin.ended",
        "signin.failed",
        "signin.locked",
    ),
}


def written(source: str, put_together: tuple[str, ...] = ()) -> Iterator[str]:
    """Verbs in the calls that write the trail; "?" for one that cannot be read from the source."""
    tree = ast.parse(source)
    constants = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in ("record", "record_many", "record_denied"):
            given = [word.value for word in node.keywords if word.arg == "verb"]
            if name == "record_many":
                given = [
                    each.elts[0]
                    for each in ast.walk(node)
                    if isinstance(each, ast.Tuple)
                    and isinstance(each.ctx, ast.Load)
                    and len(each.elts) == 3
                ]
            for value in given:
                yield from _verbs(
                    value, constants, put_together or tuple(_handed(tree, node, value))
                )


def _handed(tree: ast.Module, call: ast.Call, value: ast.expr) -> Iterator[str]:
    """A verb made of a parameter of the function around `call`: what the module itself hands to
    that function.
    """
    around = [f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and call in ast.walk(f)]
    names = [part.id for part in ast.walk(value) if isinstance(part, ast.Name)]
    for function in around:
        places = [p for p, each in enumerate(function.args.args) if each.arg in names]
        for each in ast.walk(tree):
            if (
                isinstance(each, ast.Call)
                and getattr(each.func, "id", "") == function.name
                and places
            ):
                handed = each.args[places[0]] if len(each.args) > places[0] else None
                parts = [handed.body, handed.orelse] if isinstance(handed, ast.IfExp) else [handed]
                for part in parts:
                    text = part.value if isinstance(part, ast.Constant) else "?"
                    yield "".join(
                        piece.value if isinstance(piece, ast.Constant) else text
                        for piece in (value.values if isinstance(value, ast.JoinedStr) else [value])
                    )


def _verbs(value: ast.expr, constants: dict, put_together: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, ast.Constant):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _verbs(value.body, constants, put_together)
        yield from _verbs(value.orelse, constants, put_together)
    elif isinstance(value, ast.Name) and value.id in constants:
        yield constants[value.id]
    else:
        yield from put_together or ("?",)


def all_written() -> dict[str, list[str]]:
    found = {}
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            if "audit" in file.parts and file.name == "writing.py":
                continue
            place = file.relative_to(ROOT).as_posix()
            if said := sorted(set(written(file.read_text("utf-8"), PUT_TOGETHER.get(place, ())))):
                found[place] = said
    return found


def test_every_verb_that_is_written_has_words():
    found = all_written()
    assert len(found) > 15
    assert {
        place: missing
        for place, said in found.items()
        if (missing := [v for v in said if v not in WORDS().verbs])
    } == {}


def test_every_verb_has_a_group_and_every_group_a_verb():
    assert {verb for verb in WORDS().verbs if not VERB.match(verb)} == set()
    assert {verb.partition(".")[0] for verb in WORDS().verbs} == set(WORDS().groups)


def test_the_words_of_every_room_are_wired():
    modules = [file.relative_to(ROOT) for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    rooms = [
        import_module(".".join(path.with_suffix("").parts)).WORDS
        for path in modules
        if path.name == "audit_words.py"
    ]
    assert len(rooms) >= 8
    assert together(verbs.WORDS, *rooms) == WORDS()
    for room in (verbs.WORDS, *rooms):
        assert {verb.partition(".")[0] for verb in room.verbs} == set(room.groups)


def test_two_rooms_say_different_things():
    first, second = Words(verbs={"firm.closed": "a"}), Words(verbs={"firm.left": "b"})
    assert together(first, second) == Words(verbs={"firm.closed": "a", "firm.left": "b"})
    with pytest.raises(ValueError, match=r"^Two rooms give verbs of the trail: firm\.left$"):
        together(first, second, Words(verbs={"firm.left": "b"}))


def test_every_denied_attempt_is_a_verb():
    assert set(verbs.DENIED) <= set(WORDS().verbs)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('audit.record(verb="firm.closed", on=x)', ["firm.closed"]),
        ('record(verb="a.b" if x else "c.d")', ["a.b", "c.d"]),
        ('V = "demo.seeded"\naudit.record(verb=V)', ["demo.seeded"]),
        (
            'audit.record_many([("firm.joined", f"F:{x}", {"a": 1}) for x in y], by=by)',
            ["firm.joined"],
        ),
        ('audit.record(verb=f"x.{y}")', ["?"]),
        (
            'def f(w):\n    audit.record(verb=f"x.{w}")\nf("y")\nf("a" if b else "c")',
            ["x.y", "x.a", "x.c"],
        ),
        ('def f(a, w):\n    audit.record(verb=w)\nf(1, "x.y")', ["x.y"]),
        ("log.record(verb=self.verb)", ["?"]),
        ('other(verb="firm.closed")', []),
    ],
)
def test_the_walk_reads_each_way_to_write(source, found):
    assert list(written(source)) == found


@pytest.mark.parametrize("language", ["es", "pt"])
def test_words_are_translated(language):
    """The few that are the same word in two languages are none of these."""
    with translation.override("en"):
        english = {verb: str(words) for verb, words in WORDS().verbs.items()}
    with translation.override(language):
        assert [verb for verb, words in WORDS().verbs.items() if str(words) == english[verb]] == []
        assert [name for name, words in WORDS().groups.items() if not str(words)] == []
