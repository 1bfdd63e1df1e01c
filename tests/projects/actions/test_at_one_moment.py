"""Several processes at once, each committing for real: on PostgreSQL rows are locked, on SQLite
there is one writer.
"""

import pytest

from projects.models import Firm, FirmMerge, Membership
from tests import factories, racing

AT = "dt.datetime(2006, 3, 1, 12, tzinfo=dt.UTC)"
START = f"""
import datetime as dt
from projects import actions; from projects.models import Firm, Country; from pip_network.web.errors import DomainError
from tests.factories import PROCESS as TESTS
get, AT = Firm.objects.get, {AT}
mine, other = get(pk="FIRMAAAAA"), get(pk="FIRMBBBBB")
wait()
try:
    {{act}}
    say("done")
except DomainError as error:
    say(type(error).__name__)
"""


@pytest.fixture
def two(committed):
    network = factories.network("N1", factories.project())
    for code in ("FIRMAAAAA", "FIRMBBBBB"):
        factories.firm(code, network)


def at_once(*acts: str) -> list[str]:
    """What each act answers when all are let go at one moment, each in a process of its own."""
    return sorted(racing.at_once(*(START.replace("{act}", act) for act in acts)))


REGISTER = 'actions.register_firm(name="Nueva", country=Country.objects.get(pk="AR"), tax_id="20-1", by=TESTS, at=AT)'
MERGE = (
    'actions.merge_firms(survivor={}, duplicate={}, reason="es la misma firma", by=TESTS, at=AT)'
)


def test_two_registrations_of_one_tax_id_make_one_firm(two):
    assert at_once(REGISTER, REGISTER, REGISTER) == ["Invalid", "Invalid", "done"]
    assert Firm.objects.filter(tax_id="20-1").count() == 1


def test_two_spellings_of_one_tax_id_make_one_firm(two):
    spelled = [REGISTER.replace("20-1", written) for written in ("20-1", "201", "2.01")]
    assert at_once(*spelled) == ["Invalid", "Invalid", "done"]
    assert Firm.objects.filter(tax_key="201").count() == 1


def test_two_merges_that_cross_make_one(two):
    assert at_once(MERGE.format("mine", "other"), MERGE.format("other", "mine")) == [
        "Conflict",
        "done",
    ]
    assert FirmMerge.objects.count() == 1
    assert Firm.objects.filter(merged_into__isnull=False).count() == 1


def test_an_edit_beside_a_merge_is_stored_or_refused(two):
    edit = 'actions.update_firm(firm=other, sector="20", by=TESTS, at=AT)'
    answers = at_once(MERGE.format("mine", "other"), edit)
    assert answers in (["Conflict", "done"], ["done", "done"])
    gone = Firm.objects.get(pk="FIRMBBBBB")
    assert (gone.merged_into_id, gone.sector) == (
        "FIRMAAAAA",
        "20" if answers == ["done", "done"] else "15",
    )


def test_a_joining_beside_a_merge_never_leaves_the_archived_one_in_a_new_network(two):
    network = factories.network("N2", factories.project("PIP-02"))
    where = f'network=Network.objects.get(pk="{network.pk}"), joined_on=dt.date(2005, 1, 1)'
    join = f"from projects.models import Network; actions.join_network(firm=other, {where}, by=TESTS, at=AT)"
    at_once(MERGE.format("mine", "other"), join)
    assert not Membership.objects.filter(firm="FIRMBBBBB", network="N2").exists()
