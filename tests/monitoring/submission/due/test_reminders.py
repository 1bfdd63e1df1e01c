"""Reminders of due days: to whom, when, once; and those that a specialist sends."""

import datetime as dt

import pytest

from monitoring.models import Reminder, SubmissionEvent
from monitoring.submission.due import extensions, reminders
from monitoring.submission.opening import submit, withdraw
from pip_network.choices import MailKind
from pip_network.jobs import stopping
from pip_network.models import AuditEvent, Mail
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden, Invalid
from projects.models import Project
from tests import factories
from tests.factories import moment

pytestmark = pytest.mark.django_db
DUE = dt.date(2004, 7, 30)  # of 2004-S1


def at(days: int) -> dt.datetime:
    """Noon, so many days after the due day."""
    return moment(str(DUE + dt.timedelta(days=days)))


def readers() -> list[str]:
    """The addresses of the letters that stand, in order; none stands afterwards."""
    found = list(Mail.objects.filter(kind=MailKind.DUE).order_by("id").values_list("to", flat=True))
    Mail.objects.all().delete()
    return [address.partition("@")[0] for address in found]


class TestByTheTimetable:
    def test_directors_and_coordinators_are_told_at_each_step_once(self, world):
        world.open("2004-S1")
        told = {}
        for days in range(-16, 40):
            for _again in range(2):
                reminders.sweep(at=at(days))
            told[days] = readers()
        steps = {days: names for days, names in told.items() if names}
        assert steps == {
            days: ["directora", "coordinadora"] for days in (-14, -3, 1, 8, 15, 22, 29)
        }

    def test_a_step_that_was_missed_is_not_made_up_for(self, world):
        world.open("2004-S1")
        reminders.sweep(at=at(-14))
        reminders.sweep(at=at(9))
        assert list(Reminder.objects.values_list("step", flat=True)) == [-14, 8]

    def test_a_coordinator_whose_sheet_is_ready_is_left_in_peace(self, world):
        world.filled("2004-S1")
        reminders.sweep(at=at(-3))
        assert readers() == ["directora"]

    def test_a_coordinator_of_a_sheet_that_is_not_is_told_which_one(self, world):
        opened = world.open("2004-S1")
        reminders.sweep(at=at(-3))
        mail = Mail.objects.get(to=world.coordinator.email)
        assert "/monitoring/PIP-01/2004-S1/networks/N1/" in mail.body
        assert opened.get_absolute_url() in Mail.objects.get(to=world.director.email).body

    def test_a_round_that_nobody_opened_is_asked_of_the_directors(self, world):
        reminders.sweep(at=at(1))
        assert readers() == ["directora"]

    def test_what_was_handed_in_is_not_asked_for(self, world):
        opened = world.filled("2004-S1")
        submit(opened.pk, by=world.director, at=at(-5))
        Mail.objects.all().delete()
        reminders.sweep(at=at(-3))
        assert readers() == []

    def test_and_is_again_when_it_was_withdrawn(self, world):
        opened = world.filled("2004-S1")
        submit(opened.pk, by=world.director, at=at(-5))
        withdraw(opened.pk, by=world.director, at=at(-4))
        Mail.objects.all().delete()
        reminders.sweep(at=at(-3))
        assert readers() == ["directora"]

    def test_the_day_is_that_of_the_project(self, world):
        world.open("2004-S1")
        world.project.time_zone = "America/Guatemala"
        world.project.save()
        midnight = dt.datetime(2004, 7, 31, 5, 59, tzinfo=dt.UTC)
        reminders.sweep(at=midnight)
        assert list(Reminder.objects.values_list("step", flat=True)) == [-3]
        reminders.sweep(at=midnight + dt.timedelta(minutes=1))
        assert list(Reminder.objects.values_list("step", flat=True)) == [-3, 1]

    def test_an_archived_project_is_not_asked(self, world):
        world.open("2004-S1")
        world.project.archived_at = at(-20)
        world.project.save()
        reminders.sweep(at=at(-3))
        assert readers() == []

    def test_who_has_stopped_these_letters_gets_none_and_others_do(self, world):
        world.open("2004-S1")
        director = world.director
        stopping.stop(person=director, kind=MailKind.DUE, by=director, at=at(-20))
        reminders.sweep(at=at(-3))
        assert readers() == ["coordinadora"]

    def test_the_letter_says_what_is_left_in_the_language_of_its_reader(self, world):
        world.open("2004-S1")
        reminders.sweep(at=at(8))
        mail = Mail.objects.get(to=world.director.email)
        assert mail.subject == "PIP-01, 2004-S1: atrasada"
        for words in (
            "venció el 30 de julio de 2004, hace 8 días, y no se ha presentado",
            "2 de ",
            "Celdas centrales en blanco: ",
        ):
            assert words in mail.body, words

    def test_one_project_that_fails_does_not_keep_the_others(self, world):
        world.open("2004-S1")
        factories.project("PIP-02")
        factories.user("vecina", role=Role.DIRECTOR, scope="P:PIP-02")
        Project.objects.filter(pk="PIP-01").update(time_zone="Nowhere/Else")
        reminders.sweep(at=at(-3))
        assert readers() == ["vecina"]

    def test_a_quiet_day_is_one_question(self, world, django_assert_num_queries):
        with django_assert_num_queries(1):
            reminders.sweep(at=moment("2010-03-01"))


class TestByHand:
    def remind(self, world, submission, **changed):
        told = {"sentence": "¿Podemos ayudarle?", "by": world.specialist, "at": at(2)}
        return reminders.remind(submission.pk, **{**told, **changed})

    def test_it_goes_with_her_sentence_and_her_name(self, world):
        opened = world.open("2004-S1")
        assert self.remind(world, opened) == 2
        mail = Mail.objects.get(to=world.director.email)
        assert f"Mensaje de {world.specialist.name}:\n\n¿Podemos ayudarle?" in mail.body
        event = SubmissionEvent.objects.get(verb="reminded")
        assert (event.note, event.by) == ("¿Podemos ayudarle?", world.specialist)
        assert AuditEvent.objects.filter(verb="submission.reminded").count() == 1

    def test_once_a_day(self, world):
        opened = world.open("2004-S1")
        self.remind(world, opened)
        with pytest.raises(Conflict, match="Hoy"):
            self.remind(world, opened, at=at(2) + dt.timedelta(hours=3))
        assert self.remind(world, opened, at=at(3)) == 2

    def test_not_of_what_waits_for_the_reviewer(self, world):
        opened = world.filled("2004-S1")
        submit(opened.pk, by=world.director, at=at(1))
        with pytest.raises(Conflict):
            self.remind(world, opened)
        withdraw(opened.pk, by=world.director, at=at(1))
        assert self.remind(world, opened) == 1

    @pytest.mark.parametrize("sentence", ["", "  ", "\u200b\u200b", "a\0b", "x" * 1001])
    def test_a_sentence_that_says_nothing_is_refused(self, world, sentence):
        opened = world.open("2004-S1")
        with pytest.raises(Invalid) as refused:
            self.remind(world, opened, sentence=sentence)
        assert refused.value.place == "sentence"
        assert self.remind(world, opened, sentence="x" * 1000) == 2

    def test_nobody_else_sends_it(self, world):
        opened = world.open("2004-S1")
        for person in (world.director, world.coordinator, world.stranger, world.administrator):
            with pytest.raises(Forbidden):
                self.remind(world, opened, by=person)
        assert self.remind(world, opened) == 2

    def test_when_nobody_would_get_it_she_is_told(self, world):
        opened = world.open("2004-S1")
        for person in (world.director, world.coordinator):
            stopping.stop(person=person, kind=MailKind.DUE, by=person, at=at(0))
        with pytest.raises(Conflict):
            self.remind(world, opened)
        assert not SubmissionEvent.objects.filter(verb="reminded").exists()
        stopping.resume(person=world.director, kind=MailKind.DUE, by=world.director, at=at(1))
        assert self.remind(world, opened) == 1


class TestExtended:
    def test_reminders_follow_the_new_day(self, world):
        opened = world.open("2004-S1")
        extensions.extend(
            opened.pk,
            until=DUE + dt.timedelta(days=20),
            reason="Inundaciones en la zona",
            by=world.specialist,
            at=at(-2),
        )
        Mail.objects.all().delete()
        told = {}
        for days in range(-2, 60):
            reminders.sweep(at=at(days))
            told[days] = readers()
        assert [days for days, names in told.items() if names] == [6, 17, 21, 28, 35, 42, 49]
