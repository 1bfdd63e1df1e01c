"""Visitors who narrow by many filters at once, minute after minute."""

import pytest
import time_machine
from django.test import Client

from knowledge.search.limits import A_MINUTE
from pip_network.models import AuditEvent
from tests import factories
from tests.markup import folded

pytestmark = pytest.mark.django_db
THREE = "/library/?q=redes&type=book&language=es&theme=credit"
TWO = "/library/?q=redes&type=book&language=es"
BY_FIELDS = "/library/?q=redes+tipo:libro+idioma:es&theme=credit"


def statuses(client: Client, address: str, times: int) -> set[int]:
    return {client.get(address).status_code for _each in range(times)}


@pytest.mark.parametrize(
    "address", [THREE, BY_FIELDS, THREE.replace("library/", "library/feed/")], ids=str
)
def test_a_visitor_who_narrows_without_end_is_asked_to_wait(client, address, frozen):
    assert statuses(client, address, A_MINUTE) == {200}
    response = client.get(address)
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert client.get(TWO).status_code == 200  # fewer filters are never counted
    assert Client(REMOTE_ADDR="192.0.2.9").get(address).status_code == 200
    frozen.shift(60)
    assert client.get(address).status_code == 200


@pytest.fixture
def frozen():
    with time_machine.travel("2006-01-01T00:00:00Z", tick=False) as clock:
        yield clock


def test_the_page_says_what_to_do_in_three_languages(client, frozen):
    statuses(client, THREE, A_MINUTE)
    for language, words in (
        ("es", "Espere un minuto"),
        ("pt", "Espere um minuto"),
        ("en", "Wait a minute"),
    ):
        client.cookies["pip_language"] = language
        page = folded(client.get(THREE).content.decode())
        assert words in page
        assert '<meta name="robots" content="noindex">' in page
        assert 'href="/library/?q=redes"' in page
    assert AuditEvent.objects.filter(verb="access.limited").count() == 3


def test_who_has_signed_in_is_not_limited(client, frozen):
    client.force_login(factories.user("lectora"))
    assert statuses(client, THREE, A_MINUTE + 1) == {200}


def test_two_filters_are_not_counted(client, frozen):
    assert statuses(client, TWO, A_MINUTE + 1) == {200}
