import ast
import contextlib
import csv
import io
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings
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


# Numbers that are never one, because the portal sets them: limits, lengths, numbers of approvals.
LIMITS = {"most", "length", "places", "limit", "share"}
NEVER_ONE = {
    "%(n)s firms, 50 a page",  # said when there is more than one page
    "How a report begins to tell it, for instance: “In {period}, {value} of the firms exported "
    "({basis}).” Of a change: {n}, {units}, {now}, {base}, {period}. Blank: a general sentence.",
    "Today the portal has told you %(count)s times that another project has a firm: no further tax "
    "identification is looked up for a day. Register the firm without it, or ask the "
    "administration.",
    "The best %(count)s are shown; one more word narrows them.",
    "The newest %(n)s are shown.",
    "Invented values of %(count)s units: %(level)s",  # an example has eight
    "The drawing shows the last %(n)s semesters.",
    "There are more: only the newest %(number)s are in this workbook; the CSV file has all.",
    "more than <b>%(shown)s</b> events",
    "At most %(count)s characters.",
    "Say why, in at least %(count)s letters: who reads it later will want to know.",
    "An unexpected error (%(error)s) stopped this job; it was tried %(times)s times.",
    "The worker was lost %(times)s times in the middle of this job.",
}
COUNTED = re.compile(
    r"(?:%\((?P<name>\w+)\)s|\{(?P<place>\w+)\})(?:</?\w+>)*[\s\u00a0]+(?:of |de |das |dos |los )?"
    r"(?P<noun>[^\W\d_]{3,}s)\b"
)
# After a name or a number of something that is no count.
NO_NOUNS = {
    *("says", "opens", "changes", "reviews", "goes", "leaves", "counts", "becomes", "ends"),
    *("stays", "does", "mais", "antes", "después", "depois", "reconstruidos", "sus", "suas"),
    *("los", "las", "das", "dos", "ambos"),
}


def counted_without_a_plural(key: str, texts: Iterable[str]) -> list[str]:
    """Numbers before a plural noun, in a message that has one form."""
    if "||" in key or key in NEVER_ONE:
        return []
    return [
        match.group()
        for text in texts
        for match in COUNTED.finditer(text)
        if (match["name"] or match["place"]) not in LIMITS and match["noun"] not in NO_NOUNS
    ]


@pytest.mark.parametrize(
    ("key", "texts", "counted"),
    [
        ("%(n)s days", ("%(n)s días",), ["%(n)s días"]),
        ("{n} <b>x", ("<b>{n}</b> firmas",), ["{n}</b> firmas"]),
        ("%(n)s day||%(n)s days", ("%(n)s día||%(n)s días",), []),
        ("%(n)s left", ("%(n)s más",), []),
    ],
)
def test_a_number_before_a_plural_is_noticed(key, texts, counted):
    assert counted_without_a_plural(key, texts) == counted


def test_whatever_is_counted_has_a_form_for_one():
    faults = {
        row[0]: counted
        for part in sorted((settings.BASE_DIR / "locale" / "parts").glob("*.csv"))
        if part.stem != "libraries"
        for row in csv.reader(part.read_text("utf-8").splitlines())
        if (counted := counted_without_a_plural(row[0], row))
    }
    assert faults == {}
