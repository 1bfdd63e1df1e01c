"""What a table refuses it says in words: in every language, and never with the name of a rule of
the database.
"""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint
from django.utils import translation

from pip_network.files.incoming import Cell
from pip_network.web.edits import clean
from pip_network.web.errors import Invalid
from projects.models import Project
from projects.resources.projects import ProjectResource
from tests import factories
from tests.factories import PROCESS, moment
from workshops.models import Workshop

OURS = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
MODELS = [model for app in OURS for model in apps.get_app_config(app).get_models()]
CONSTRAINTS = [
    pytest.param(model, rule, id=rule.name) for model in MODELS for rule in model._meta.constraints
]
# What nobody types: keys that are drawn, hashed or given by another row.
GIVEN = {
    "Approval.number",
    "CatalogueVersion.number",
    "FigureDefinition.id",
    "FigureSet.key",
    "Firm.code",
    "Invitation.key_hash",
    "Mail.key",
    "Round.code",
    "SentForm.key",
}
TYPED_ONCE = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}")
    for model in MODELS
    for field in model._meta.fields
    if field.unique
    and field.editable
    and not field.is_relation
    and not (field.primary_key and field.has_default())
    and field.get_internal_type() != "BigAutoField"
    and f"{model.__name__}.{field.name}" not in GIVEN
]
NAME = re.compile(r"[a-z]+_[a-z_]+|%\(")


@pytest.mark.parametrize(("model", "rule"), CONSTRAINTS)
def test_a_rule_of_a_table_says_what_it_wants_in_every_language(model, rule: BaseConstraint):
    said = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.add(rule.get_violation_error_message())
    assert len(said) == len(settings.LANGUAGES)
    for sentence in said:
        assert not NAME.search(sentence)
        assert sentence.endswith(".")


@pytest.mark.parametrize(("model", "field"), TYPED_ONCE)
def test_what_stands_once_says_so_in_words_of_ours(model, field):
    message = field.error_messages["unique"]
    assert "unique" in (field._error_messages or {})
    said = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.add(str(message))
    assert len(said) == len(settings.LANGUAGES)


def test_the_walk_meets_what_people_type():
    assert len(CONSTRAINTS) > 60
    met = {param.id for param in TYPED_ONCE}
    assert met >= {"Workshop.number", "Workshop.slug", "Work.product", "Project.code", "User.email"}


@pytest.mark.django_db
def test_an_amount_below_zero_is_refused_at_its_field():
    project = factories.project()
    clean(project)
    project.amount_local = -1
    with translation.override("es"), pytest.raises(Invalid) as refused:
        clean(project)
    assert refused.value.place == "amount_local"
    assert "Un monto no puede ser menor que cero." in str(refused.value.message)
    assert "project_amounts_not_negative" not in str(refused.value.message)


@pytest.mark.django_db
def test_a_rule_of_the_table_alone_speaks_in_words():
    """Where no field says it first."""
    project = factories.project()
    project.ends_on = project.starts_on
    with translation.override("es"), pytest.raises(ValidationError) as refused:
        project.validate_constraints()
    assert refused.value.messages == ["Un proyecto termina después de empezar."]


@pytest.mark.django_db
@pytest.mark.parametrize("amount", ["-1", "1"])
def test_an_import_names_the_cell_of_an_amount_below_zero(amount):
    project = factories.project()
    heading: list[Cell] = ["code", "amount_fomin"]
    with translation.override("es"):
        plan = ProjectResource().plan(
            [heading, [project.code, amount]], by=PROCESS, at=moment("2006-03-01"), sheet="Hoja1"
        )
    (row,) = plan.rows
    if amount == "1":
        assert row.reasons == []
    else:
        assert row.reasons == [
            "Hoja1!B2, Aprobado por el FOMIN (US$) («-1»): Un monto no puede ser menor que cero."
        ]
    assert Project.objects.get().amount_fomin == project.amount_fomin


@pytest.mark.django_db
@pytest.mark.parametrize("number", [2, 3])
def test_the_administration_refuses_a_second_workshop_of_a_number(client, number):
    person = factories.user("admin", role="administration", language="es")
    client.force_login(person)
    given = {
        "slug": "dos",
        "number": 2,
        "year": 2006,
        "city": "Lima",
        "country": "PE",
        "theme_es": "t",
        "theme_en": "t",
        "theme_pt": "t",
        "origin": "demo",
        "source": "s",
    }
    Workshop.objects.create(**given)
    answer = client.post(
        "/admin/workshops/workshop/add/", {**given, "slug": "tres", "number": number}
    )
    refused = "Otro taller ya tiene este número." in answer.content.decode()
    assert (answer.status_code, refused) == ((200, True) if number == 2 else (302, False))
    assert Workshop.objects.count() == (1 if number == 2 else 2)
