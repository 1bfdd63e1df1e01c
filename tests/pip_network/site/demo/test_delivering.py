"""What the demonstration must show: every state of a submission, of a cell, of a firm; people who
can do their work.
"""

import datetime as dt
from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Count, F

from monitoring.models import (
    Approval,
    Entry,
    EntryChange,
    Measurement,
    Narrative,
    Observation,
    Rate,
    RecordHead,
    Remark,
    Submission,
    SubmissionEvent,
)
from monitoring.record.chain import verify
from monitoring.sheet.loading import load_sheet
from pip_network.models import Mail, RoleAssignment, User
from pip_network.people.access import Permission, Role, can
from pip_network.site.demo import seed as demo
from pip_network.site.demo.accounts import ACCOUNTS, PASSWORD, address
from projects.models import Firm, Membership, Network, Project
from tests.pip_network.site.demo.conftest import UNTIL

OPEN = "2007-S1"


@pytest.mark.usefixtures("small_demo")
@pytest.mark.django_db
class TestSmall:
    def test_what_was_asked_for_is_stored(self, small_demo):
        programme = (Project.objects.of_programme().count(), Network.objects.of_programme().count())
        assert programme == (19, 38)
        assert Firm.objects.count() == small_demo.firms
        assert demo.what_was_seeded() == {"seed": 1, "scale": 1, "until": UNTIL}
        assert set(Project.objects.values_list("origin", flat=True)) == {"demo"}
        assert set(Firm.objects.values_list("origin", flat=True)) == {"demo"}
        assert set(Rate.objects.values_list("source", flat=True)) == {
            "Demostración: tasas inventadas"
        }

    def test_the_record_is_whole(self):
        assert verify().whole
        assert RecordHead.objects.get().number == Approval.objects.count() > 50

    def test_rounds_are_approved_until_the_one_asked_for(self):
        last = Counter(Submission.objects.filter(round=UNTIL).values_list("status", flat=True))
        assert last == {"approved": 17, "draft": 1}  # one project ended, one is late
        assert set(Submission.objects.filter(round=OPEN).values_list("status", flat=True)) == {
            "draft",
            "submitted",
            "returned",
        }
        before = Submission.objects.filter(round__lt=UNTIL).values_list("status", flat=True)
        assert set(before) == {"approved"}

    def test_a_project_ended_and_delivered_its_last_round(self):
        ended = Submission.objects.filter(project="PIP-04").order_by("-round").first()
        assert (ended.round_id, ended.status, ended.is_milestone) == ("2006-S1", "approved", True)

    def test_approver_and_author_differ(self):
        assert Approval.objects.filter(kind="submission", author=F("approver")).count() == 0
        assert Approval.objects.filter(kind="submission").values("approver").distinct().count() == 3

    def test_moments_never_go_back(self):
        moments = list(Approval.objects.order_by("number").values_list("at", flat=True))
        assert moments == sorted(moments)

    def test_some_were_returned_and_some_came_late(self):
        assert SubmissionEvent.objects.filter(verb="returned").count() > 5
        assert Submission.objects.filter(first_submitted_at__date__gt=F("due_on")).count() > 1
        threads = Remark.objects.filter(answers__isnull=True).annotate(answered=Count("replies"))
        assert threads.filter(answered__gt=0, resolved_at__isnull=False).count() > 5
        assert threads.filter(submission__round=OPEN, resolved_at__isnull=True).count() > 1

    def test_two_amendments_and_one_corrected_rate(self):
        assert sorted(Submission.objects.filter(revision=2).values_list("project", "status")) == [
            ("PIP-03", "approved"),
            ("PIP-08", "approved"),
        ]
        changed = Measurement.objects.filter(superseded_in__isnull=False)
        assert set(changed.values_list("variable_code", flat=True)) == {"sales"}
        assert list(
            Rate.objects.filter(superseded_in__isnull=False).values_list("currency", "period")
        ) == [("UYU", "2005")]

    def test_missing_values_have_their_reasons(self):
        found = Counter(Measurement.objects.values_list("missing", flat=True))
        assert set(found) == {"", "refused", "not_collected", "not_applicable", "no_data"}
        assert Measurement.objects.filter(source="closure").exists()
        assert Observation.objects.filter(kind="baseline", reconstructed=True).exists()
        assert set(
            Observation.objects.filter(level="firm").values_list("membership", flat=True)
        ) == {
            "active",
            "left",
            "closed",
        }

    def test_warnings_were_explained(self):
        explained = EntryChange.objects.exclude(reason="").filter(submission__status="approved")
        assert explained.exists()
        assert set(explained.values_list("door", flat=True)) == {"web"}

    def test_firms_in_two_networks_and_in_two_projects(self):
        by_firm = Membership.objects.values("firm").annotate(
            networks=Count("network", distinct=True),
            projects=Count("network__project", distinct=True),
        )
        assert by_firm.filter(projects=2).count() == 2
        assert by_firm.filter(networks=2, projects=1).exists()

    def test_every_approved_submission_has_its_four_texts(self):
        approved = Submission.objects.filter(status="approved").count()
        there = Narrative.objects.filter(superseded_in=None)
        assert there.exclude(theme="learned").count() == 4 * approved
        assert 0 < there.filter(theme="learned").count() < approved
        assert Narrative.objects.values("text").distinct().count() > approved
        assert set(Narrative.objects.values_list("language", flat=True)) == {"es", "pt"}

    def test_no_letter_waits(self):
        assert Mail.objects.count() > 100
        assert Mail.objects.filter(sent_at__isnull=True).count() == 0

    def test_the_directors_own_draft_is_half_filled(self):
        submission = Submission.objects.get(project="PIP-07", round=OPEN)
        counts = load_sheet(submission, day=dt.date(2007, 4, 1)).counts
        assert submission.status == "draft"
        assert 0.2 < counts.filled / counts.asked < 0.8
        assert (counts.errors, counts.warnings_open >= 1) == (2, True)
        assert (
            Remark.objects.filter(
                submission=submission, answers__isnull=True, resolved_at__isnull=True
            ).count()
            == 1
        )

    def test_entries_stay_only_where_a_submission_is_open(self):
        assert set(Entry.objects.values_list("submission__status", flat=True)) <= {
            "draft",
            "submitted",
            "returned",
        }

    def test_seeding_again_is_refused(self):
        with pytest.raises(CommandError, match="already holds projects"):
            call_command("seed_demo")

    def test_the_six_accounts_sign_in_and_nobody_else(self, rf):
        for account in ACCOUNTS:
            assert authenticate(rf.post("/"), email=address(account), password=PASSWORD).is_demo
        others = User.objects.exclude(email__in=[address(account) for account in ACCOUNTS])
        assert others.count() > 20
        assert not any(user.has_usable_password() for user in others)

    def test_each_account_may_do_its_work(self):
        people = {account: User.objects.get(email=address(account)) for account in ACCOUNTS}

        own, other = {"P:PIP-07"}, {"P:PIP-08"}
        assert can(people["directora"], Permission.SUBMIT, own)
        assert not can(people["directora"], Permission.SUBMIT, other)
        network = Network.objects.get(code="PIP-07-1")
        assert can(people["coordinadora"], Permission.ENTER_NETWORK, network.scope_keys)
        assert not can(
            people["coordinadora"],
            Permission.ENTER_NETWORK,
            Network.objects.get(code="PIP-07-2").scope_keys,
        )
        assert can(people["especialista"], Permission.REVIEW, own)
        assert not can(people["especialista"], Permission.REVIEW, other)
        assert (
            RoleAssignment.objects.filter(
                person=people["especialista"], role=Role.SPECIALIST
            ).count()
            == 7
        )
        assert can(people["admin"], Permission.MANAGE_REGISTRY)
        assert people["admin"].is_staff
        assert not people["admin"].is_superuser
        assert can(
            people["institucion"],
            Permission.VIEW_INTERNAL,
            f"I:{people['institucion'].institution_id}",
        )
        assert can(people["experta"], Permission.VIEW_INTERNAL)

    def test_every_project_has_a_director_and_a_specialist(self):
        for role in (Role.DIRECTOR, Role.SPECIALIST):
            scopes = RoleAssignment.objects.filter(role=role).values_list("scope", flat=True)
            assert sorted(scopes) == sorted(
                f"P:{code}"
                for code in Project.objects.of_programme().values_list("code", flat=True)
            )
