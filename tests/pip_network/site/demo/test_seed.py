"""The demonstration in the database: that it is the same each time, whole or not at all, and
refused where it must be.
"""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from monitoring.models import (
    Approval,
    EntryChange,
    Measurement,
    Narrative,
    Observation,
    Rate,
    RecordHead,
    Submission,
)
from pip_network.models import AuditEvent, User
from pip_network.site.demo import seed as demo
from pip_network.site.demo.world import Size
from projects.models import Firm, Project

OPEN = "2007-S1"


def told() -> dict[str, list]:
    """What a demonstration holds, without the keys that a database counts."""
    measured = (
        "project",
        "subject",
        "kind",
        "round",
        "variable_code",
        "period",
        "value",
        "missing",
        "source",
        "approved_in",
    )
    return {
        "measurements": list(
            Measurement.objects.order_by("id").values_list(*measured, "superseded_in")
        ),
        "observations": list(
            Observation.objects.order_by("id").values_list(
                "subject", "round", "kind", "membership", "size", "captured_on"
            )
        ),
        "changes": list(
            EntryChange.objects.order_by("id").values_list(
                "subject", "variable_code", "new_value", "at", "by__email"
            )
        ),
        "rates": list(
            Rate.objects.order_by("id").values_list("currency", "period", "usd_rate", "cpi")
        ),
        "firms": list(
            Firm.objects.order_by("code").values_list(
                "code", "name", "tax_id", "sector", "closed_on"
            )
        ),
        "trail": list(
            AuditEvent.objects.exclude(verb="role.given")
            .order_by("id")
            .values_list("at", "verb", "object")
        ),
        "texts": list(
            Narrative.objects.order_by("id").values_list("project", "round", "theme", "text")
        ),
    }


def seeded(**arguments) -> dict[str, list]:
    with transaction.atomic():
        demo.tiny(**arguments)
        found = told()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
class TestTiny:
    def test_equal_arguments_give_equal_data_and_others_do_not(self):
        first = seeded()

        assert seeded() == first
        other = seeded(seed_number=2)
        assert {kind for kind in first if other[kind] != first[kind]} == set(first)

    def test_another_last_round_moves_everything(self):
        first, later = seeded(), seeded(until="2006-S2")

        assert {row[3] for row in first["measurements"]} == {"2005-S1", "2005-S2", "2006-S1"}
        assert {row[3] for row in later["measurements"]} == {"2005-S2", "2006-S1", "2006-S2"}

    def test_tiny_is_tiny(self, tiny_demo):
        assert (tiny_demo.projects, tiny_demo.networks, tiny_demo.firms) == (2, 4, 30)
        assert list(
            Submission.objects.filter(round="2006-S2")
            .order_by("project")
            .values_list("status", flat=True)
        ) == [
            "draft",
            "submitted",
        ]
        assert {s.status for s in Submission.objects.filter(round__lt="2006-S2")} == {"approved"}
        assert User.objects.get(email="directora@demo.pip").assignments.get().scope == "P:PIP-01"

    def test_whole_or_not_at_all(self, monkeypatch):
        monkeypatch.setattr("pip_network.site.demo.seed._send_no_old_mail", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            demo.tiny()

        assert (Project.objects.count(), User.objects.count(), Measurement.objects.count()) == (
            0,
            0,
            0,
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--until", "2006"], "no round"),
        (["--scale", "0"], "from 1 to 100"),
        (["--scale", "101"], "from 1 to 100"),
    ],
)
def test_the_command_refuses_nonsense(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("seed_demo", *arguments)
    assert Project.objects.count() == 0


@pytest.mark.django_db
def test_production_never_gets_a_demonstration(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("seed_demo")
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_the_bulk_generator_fills_the_same_tables():
    demo.seed(
        until=demo.Half.parse("2006-S1"),
        scale=2,
        size=Size(projects=2, networks=4, firms=24, rounds=2),
    )

    assert Project.objects.count() == 4
    assert Approval.objects.count() == 1 + 8
    assert Measurement.objects.filter(round="2006-S1").exists()
    assert not Measurement.objects.filter(source="entered", value=None, missing="").exists()
    assert RecordHead.objects.get().number == 9
    assert demo.what_was_seeded()["scale"] == 2
    blank = Observation.objects.filter(level="firm", kind="baseline", size="").count()
    assert blank == 0
