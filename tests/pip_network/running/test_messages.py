import ast
import contextlib
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pip_network.running import messages as texts
from pip_network.running.serve.catalogues import Parts, missing
from tests import stranger


def test_texts_of_code_are_found_under_any_name():
    source = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext as p, gettext
def f(n, thing):
    a = _("One "
          "line")
    b = ngettext("%(n)s firm", "%(n)s firms", n)
    c = p("verb", "Open")
    d = gettext(thing)
    e = other("No")
    f = gettext_noop("Of a room without Django")
"""
    assert [key for _line, key in texts.in_python(ast.parse(source))] == [
        "One line",
        "%(n)s firm||%(n)s firms",
        "verb|:|Open",
        "Of a room without Django",
    ]


def test_texts_of_templates_are_found():
    source = """{% load i18n %}<p title="{% translate "A title" %}">{% translate 'Open' context 'verb' %} {{ _("Inline") }}
{% blocktranslate count n=rows trimmed %}
  {{ n }} firm
{% plural %}
  {{ n }} firms
{% endblocktranslate %}{% include "x.html" with label=_("Given") %}{# {% translate "not" %} #}</p>"""
    assert sorted(texts.in_template(source)) == sorted(
        ["A title", "verb|:|Open", "Inline", "%(n)s firm||%(n)s firms", "Given"]
    )


def parts(**places: str) -> Parts:
    return Parts(places={f"text {name}": place for name, place in places.items()})


def used(**places: list[str]) -> texts.Used:
    return texts.Used(places={f"text {name}": where for name, where in places.items()})


def test_a_row_that_nothing_names_is_told():
    rows = parts(a="entry.csv:2", b="entry.csv:3", c="entry.csv:4", d="libraries.csv:2")
    assert texts.unused(rows, texts.Used({"text a": ["entry/views.py:1"]}, {"text b"})) == [
        "entry.csv:4: 'text c' is used by no code and no template"
    ]


@pytest.mark.parametrize(
    ("places", "room"),
    [
        (["monitoring/entry/views/cells.py:3"], "entry"),
        (["monitoring/choices.py:3"], "monitoring"),
        (["templates/monitoring/entry/sheet.html"], "entry"),
        (["templates/account/email/subject.txt"], "people"),
        (["templates/404.html"], "web"),
        (["monitoring/entry/forms.py:3", "templates/monitoring/entry/sheet.html"], "entry"),
        (["monitoring/entry/forms.py:3", "templates/ui/fields.html"], "shared"),
    ],
)
def test_a_row_belongs_to_the_room_that_uses_it(places, room):
    names = ("entry", "monitoring", "people", "web", "shared")
    rows = parts(**{name: f"{name}.csv:2" for name in names})
    found = texts.misplaced(rows, used(**{name: places for name in names}))
    assert found == [
        f"{name}.csv:2: 'text {name}' belongs in {room}.csv" for name in names if name != room
    ]


def test_pages_of_the_administration_claim_no_room():
    where = ["templates/admin/monitoring/rates.html", "monitoring/rates/forms.py:3"]
    assert texts.misplaced(parts(a="rates.csv:2", b="web.csv:2"), used(a=where)) == []


def manage(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [folder / ".venv/bin/python", "manage.py", *arguments],
        cwd=folder,
        env=stranger.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_a_command_in_a_fresh_clone_says_what_to_run_and_that_works(tmp_path):
    clone = stranger.copy(tmp_path / "portal")
    status, lines = manage(clone, "check")
    assert status == 1
    assert lines[-4:-2] == [
        "?: (pip.E012) The translations have not been compiled.",
        "\tHINT: Run: python manage.py build_messages",
    ]
    status, lines = manage(clone, "build_messages")
    assert (status, lines[-1].rpartition(", ")[2]) == (0, "0 faults.")
    assert not missing(clone / "locale")


@pytest.fixture
def small(tmp_path, settings) -> Path:
    """A portal of one template and one part."""
    settings.BASE_DIR = tmp_path
    for folder in ("templates", "locale/parts"):
        (tmp_path / folder).mkdir(parents=True)
    template = '{% translate "A new text" %}{% translate "Another one" %}'
    (tmp_path / "templates" / "new.html").write_text(template, "utf-8")
    return tmp_path


def build_messages(folder: Path, *rows: str) -> list[str]:
    """What the command says about a part of these rows."""
    part = folder / "locale" / "parts" / "web.csv"
    part.write_text("\n".join(["en,es,pt", *rows]) + "\n", "utf-8")
    out, err = io.StringIO(), io.StringIO()
    with contextlib.suppress(CommandError):
        call_command("build_messages", stdout=out, stderr=err)
    return (err.getvalue() + out.getvalue()).splitlines()


def test_what_is_missing_and_what_is_unused_is_told_together(small):
    past, another = "A text of the past,Un texto,Um texto", "Another one,Otro,Outro"
    assert build_messages(small, past, another) == [
        "templates/new.html: 'A new text' has no translation into es",
        "templates/new.html: 'A new text' has no translation into pt",
        "web.csv:2: 'A text of the past' is used by no code and no template",
        "2 texts in the parts, 2 in code and templates, 3 faults.",
    ]
    assert build_messages(small, "A new text,Un texto nuevo,Um texto novo", another) == [
        "2 texts in the parts, 2 in code and templates, 0 faults."
    ]


def test_a_row_that_is_not_whole_is_told_and_nothing_is_compiled(small):
    assert build_messages(small, "A new text,Un texto nuevo,", "Another one,Otro,Outro") == [
        "web.csv:2: 'A new text' has no pt",
        "2 texts in the parts, 2 in code and templates, 1 faults.",
    ]
    assert missing(small / "locale")
    build_messages(small, "A new text,Un texto nuevo,Um texto novo", "Another one,Otro,Outro")
    assert not missing(small / "locale")


def test_the_compiled_catalogues_are_no_part_of_the_repository():
    root = stranger.ROOT
    if not (root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no checkout")
    asked = ["git", "check-ignore", "-q", "--no-index"]
    for path, ignored in (("locale/es/LC_MESSAGES/django.mo", 0), ("locale/parts/web.csv", 1)):
        assert subprocess.run([*asked, path], cwd=root, check=False).returncode == ignored
