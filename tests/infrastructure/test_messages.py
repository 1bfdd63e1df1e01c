import gettext
import io

import pytest

from pip_network.running import messages


def parts(tmp_path, **files) -> messages.Parts:
    for name, rows in files.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return messages.read_parts(tmp_path)


def test_rows_of_all_parts_are_merged(tmp_path):
    read = parts(
        tmp_path,
        a=["en,es,pt", "Firm,Empresa,Empresa"],
        b=["en,es,pt", '"One, two","Uno, dos","Um, dois"', "Firm,Empresa,Empresa"],
    )
    assert read.rows == {
        "Firm": {"es": "Empresa", "pt": "Empresa"},
        "One, two": {"es": "Uno, dos", "pt": "Um, dois"},
    }
    assert read.faults == []


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (["en,es", "Firm,Empresa"], "a.csv: the columns must be en,es,pt"),
        (["en,es,pt", "Firm,Empresa"], "a.csv:2: 'Firm' has not three cells"),
        (["en,es,pt", "Firm,Empresa,"], "a.csv:2: 'Firm' has no pt"),
        (
            ["en,es,pt", "Firm,Empresa,Firma", "Firm,Firma,Firma"],
            "a.csv:3: 'Firm' is translated otherwise in a.csv:2",
        ),
        (
            ["en,es,pt", "%(n)s firms,%(m)s empresas,%(n)s empresas"],
            "a.csv:2: '%(n)s firms' has other placeholders in es",
        ),
        (
            ["en,es,pt", "%(n)s firms,empresas,%(n)s empresas"],
            "a.csv:2: '%(n)s firms' has other placeholders in es",
        ),
        (["en,es,pt", "a||b,c,d||e"], "a.csv:2: 'a||b' has 2 forms, its es has 1"),
        (
            ["en,es,pt", "Firm ,Empresa ,Firma"],
            "a.csv:2: 'Firm ' begins or ends with space otherwise in pt",
        ),
    ],
)
def test_each_fault_is_told_with_its_place(rows, fault, tmp_path):
    assert parts(tmp_path, a=rows).faults == [fault]


def test_a_singular_may_leave_the_number_out(tmp_path):
    assert (
        parts(
            tmp_path,
            a=[
                "en,es,pt",
                "%(n)s firm||%(n)s firms,una empresa||%(n)s empresas,%(n)s empresa||%(n)s empresas",
            ],
        ).faults
        == []
    )


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
"""
    assert [key for _line, key in messages.in_python(source)] == [
        "One line",
        "%(n)s firm||%(n)s firms",
        "verb|:|Open",
    ]


def test_texts_of_templates_are_found():
    source = """{% load i18n %}<p title="{% translate "A title" %}">{% translate 'Open' context 'verb' %} {{ _("Inline") }}
{% blocktranslate count n=rows trimmed %}
  {{ n }} firm
{% plural %}
  {{ n }} firms
{% endblocktranslate %}{% include "x.html" with label=_("Given") %}{# {% translate "not" %} #}</p>"""
    assert sorted(messages.in_template(source)) == sorted(
        ["A title", "verb|:|Open", "Inline", "%(n)s firm||%(n)s firms", "Given"]
    )


def test_the_compiled_catalogue_is_read_by_gettext():
    rows = {
        "Firm": {"es": "Empresa", "pt": "Firma"},
        "%(n)s firm||%(n)s firms": {
            "es": "%(n)s empresa||%(n)s empresas",
            "pt": "%(n)s firma||%(n)s firmas",
        },
        "verb|:|Open": {"es": "Abrir", "pt": "Abrir"},
    }
    read = gettext.GNUTranslations(io.BytesIO(messages.mo_bytes("es", rows)))
    assert [read.gettext("Firm"), read.pgettext("verb", "Open"), read.gettext("Open")] == [
        "Empresa",
        "Abrir",
        "Open",
    ]
    assert [read.ngettext("%(n)s firm", "%(n)s firms", n) for n in (0, 1, 2)] == [
        "%(n)s empresas",
        "%(n)s empresa",
        "%(n)s empresas",
    ]


def test_equal_rows_give_equal_files():
    rows = {"b": {"es": "B", "pt": "B"}, "a": {"es": 'A "1"\n', "pt": "A"}}
    backwards = dict(reversed(rows.items()))
    assert messages.mo_bytes("es", rows) == messages.mo_bytes("es", backwards)
    assert messages.po_text("es", rows) == messages.po_text("es", backwards)
    assert messages.po_text("es", rows).endswith(
        'msgid "a"\nmsgstr "A \\"1\\"\\n"\n\nmsgid "b"\nmsgstr "B"\n'
    )
