"""The stored columns say what `fold` says, whichever way a row is written, on both databases."""

import random
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from pip_network.files import bulk
from pip_network.folding import fold
from pip_network.folding.columns import Computing, ComputingQuerySet, computed_fields, fill
from pip_network.models import Institution, Mail, User
from pip_network.web.text import search
from projects.models import Firm, Network, Project
from tests import factories
from tests.pip_network.folding.test_letters import LETTERS

pytestmark = pytest.mark.django_db
COMPUTING = [model for model in apps.get_models() if computed_fields(model)]
NAMES = [
    "Río Ñandú",
    "RÍO NANDU 2",
    "rio",
    "Ñe’ẽ",
    "NEʼE",
    "Álvarez",
    "Zapata",
    "Ürü\u200b",
    "𝐑𝐢𝐨",
    "d´Água",
    "100 % puro_",
    "Łuk & hijos",
    "ß",
    "завод",
    "ЗАВОД Б",
]


def stored(row: models.Model, name: str) -> Any:
    return type(row)._base_manager.filter(pk=row.pk).values_list(name, flat=True).get()


def test_every_room_that_searches_names_has_them():
    assert {model.__name__ for model in COMPUTING} == {
        "Author",
        "Expression",
        "Firm",
        "Form",
        "Institution",
        "LessonText",
        "Invitation",
        "Mail",
        "Network",
        "Project",
        "User",
        "Work",
    }
    assert all(issubclass(model, Computing) for model in COMPUTING)
    assert all(isinstance(model._default_manager.all(), ComputingQuerySet) for model in COMPUTING)


def saved(firm: Firm) -> None:
    firm.save()


def saved_by_field(firm: Firm) -> None:
    firm.save(update_fields=["name"])


def updated_in_bulk(firm: Firm) -> None:
    Firm.objects.bulk_update([firm], ["name"])


def updated_or_created(firm: Firm) -> None:
    Firm.objects.update_or_create(code=firm.code, defaults={"name": firm.name})


@pytest.mark.parametrize(
    "write", [saved, saved_by_field, updated_in_bulk, updated_or_created], ids=lambda f: f.__name__
)
def test_every_way_to_change_a_name_folds_it(write):
    firm = factories.firm("FIRM1", name="Antes")
    firm.name = "Ñandutí"
    write(firm)
    assert (stored(firm, "name"), stored(firm, "folded")) == ("Ñandutí", "nanduti")


def test_a_row_read_in_part_is_saved_whole():
    factories.firm("FIRM1", name="Antes")
    firm = Firm.objects.only("name").get()
    firm.name = "Ñandutí"
    firm.save()
    assert stored(firm, "folded") == "nanduti"


def test_an_update_past_the_objects_takes_along_what_follows():
    others = factories.firm("FIRM1", name="Antes"), factories.firm("FIRM2", name="Antes")
    assert Firm.objects.filter(name="Antes").update(name="Ñandú", owner_sex="m") == 2
    for firm in others:
        assert stored(firm, "folded") == "nandu"
    assert Firm.objects.filter(pk="FIRM1").update(name=models.F("code")) == 1
    assert (stored(others[0], "folded"), stored(others[1], "folded")) == ("firm1", "nandu")


@pytest.mark.parametrize("write", [Firm.objects.bulk_create, bulk.create], ids=["django", "ours"])
def test_every_way_to_write_many_folds_them(write):
    country = factories.country()
    day = factories.day("2004-01-01")
    write([Firm(name=name, country=country, registered_on=day) for name in NAMES])
    assert dict(Firm.objects.values_list("name", "folded")) == {name: fold(name) for name in NAMES}


@pytest.mark.parametrize("model", COMPUTING, ids=lambda model: model.__name__)
def test_what_is_computed_follows_columns_that_there_are(model):
    for field in computed_fields(model):
        assert all(model._meta.get_field(source) for source in field.sources)
        assert not field.editable


def test_a_migration_fills_what_was_there_before():
    firms = [factories.firm(f"FIRM{number}", name=name) for number, name in enumerate(NAMES)]
    models.QuerySet(Firm).update(folded="", tax_key="")  # as before the column
    fill(Firm, batch=4)
    assert dict(Firm.objects.values_list("name", "folded")) == {
        firm.name: fold(firm.name) for firm in firms
    }


def test_both_databases_sort_and_find_as_python_does():
    chance = random.Random(23)
    names = NAMES + ["".join(chance.choices(LETTERS, k=12)).strip() or "x" for _each in range(120)]
    for number, name in enumerate(names):
        factories.firm(f"FIRM{number:03}", name=name)
    rows = Firm.objects.order_by("folded", "code")
    expected = sorted((fold(name), f"FIRM{number:03}") for number, name in enumerate(names))
    assert list(rows.values_list("folded", "code")) == expected
    for typed in (
        "río",
        "RÍO",
        "rio",
        "ñe'ẽ",
        "NE’E",
        "a",
        "Ñ",
        "%",
        "_",
        "завод",
        "ÜRÜ",
        "ß",
        "i",
    ):
        found = {code for name, code in expected if fold(typed) in name}
        assert set(search(rows, typed, "folded").values_list("code", flat=True)) == found, typed


def test_the_other_rooms_too():
    person = factories.user("persona")
    person.name = "Ñoño Pérez"
    person.save(update_fields=["name", "language"])
    institution = Institution.objects.create(
        slug="x", name="Cámara", acronym="ÑC", relation="related", origin="entered"
    )
    mail = Mail.objects.create(
        to="a@b.org", subject="Invitación", body="", created_at=factories.moment("2005-01-01 10:00")
    )
    project = factories.project("PIP-01")
    work = factories.work("L99", "Órden", publisher="Núñez")
    assert (stored(person, "folded"), stored(mail, "folded")) == ("nono perez", "invitacion")
    assert (stored(institution, "folded"), stored(institution, "searched")) == (
        "camara",
        "camara nc",
    )
    assert stored(work, "searched") == "nunez l99"
    assert stored(work.original, "folded") == "orden"
    assert stored(project, "folded") == fold(project.name)
    assert {User, Network, Project} <= set(COMPUTING)
