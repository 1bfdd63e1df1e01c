import datetime as dt

import pytest
from django.core.management import call_command

from knowledge.models import Expression, Work
from monitoring.models import CatalogueVersion
from pip_network.models import AuditEvent, Institution
from pip_network.site.demo.reference import acronym, load_reference
from projects.models import Country, ProjectFamily
from workshops.models import Workshop

AT = dt.datetime(2006, 1, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def test_loads_what_the_sources_state(reference):
    assert list(ProjectFamily.objects.values_list("pk", flat=True)) == [
        "competitividad-local",
        "pip",
    ]
    assert Country.objects.count() == 16
    assert Country.objects.get(pk="PY").decimals_shown == 0
    assert Institution.objects.count() == 74
    assert Institution.objects.filter(relation="member").count() == 12
    assert CatalogueVersion.objects.count() == 1
    assert list(
        Work.objects.exclude(product=None).order_by("product").values_list("product", "code")
    ) == [(number, f"K{number}") for number in range(1, 8)]
    assert Work.objects.count() == 77


def test_workshops_have_dates_only_where_a_source_gives_them(reference):
    assert list(
        Workshop.objects.order_by("number").values_list("city", "year", "starts_on", "ends_on")
    ) == [
        ("Buenos Aires", 2003, None, None),
        ("Cartagena", 2004, None, None),
        ("Salvador", 2005, None, None),
        ("San José", 2006, dt.date(2006, 7, 10), dt.date(2006, 7, 12)),
    ]
    assert all(w.theme_es and w.theme_en and w.theme_pt for w in Workshop.objects.all())


def test_loading_again_adds_nothing_and_keeps_corrections(reference):
    Institution.objects.filter(slug="gtz").update(name="GTZ (corregido)")
    Work.objects.get(pk="L01").delete()

    added = load_reference(at=AT)

    assert {kind: count for kind, count in added.items() if count} == {"works": 1}
    assert Institution.objects.get(slug="gtz").name == "GTZ (corregido)"
    assert AuditEvent.objects.filter(verb="reference.loaded").count() == 2


def test_the_command_says_what_it_did(capsys):
    call_command("load_reference")
    call_command("load_reference")

    first, second = capsys.readouterr().out.splitlines()
    assert "74 institutions" in first
    assert second == "Reference data: everything was there already."


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("OCDE (OECD)", "OCDE"),
        ("SEBRAE", "SEBRAE"),
        ("Macroplan", ""),
        ("CNI", "CNI"),
        ("FOMIN / MIF", "FOMIN"),
    ],
)
def test_acronyms(name, short):
    assert acronym(name) == short


def test_languages_are_codes_and_the_source_keeps_its_words(reference):
    originals = Expression.objects.filter(original=True)
    assert set(originals.values_list("language", flat=True)) == {"es", "en", "pt"}
    assert originals.get(work="K3").language == "en"
