"""A name of which nothing is seen is refused in every room."""

import pytest

from pip_network.people import actions as people
from pip_network.people import institutions
from pip_network.web.errors import Invalid
from projects import actions as registry
from tests import factories

pytestmark = pytest.mark.django_db
DOING = {"by": factories.PROCESS, "at": factories.moment("2006-07-12")}


@pytest.mark.parametrize("name", ["\u200b\u2060", "\u0301"])
def test_an_unseen_name_is_refused_at_its_field(name):
    person = factories.user("socia")
    network = factories.network("N1", factories.project("PIP-01"))
    tried = {
        "institution": lambda text: institutions.create_institution(
            name=text, relation="related", **DOING
        ),
        "person": lambda text: people.change_person(
            person=person, name=text, institution=None, **DOING
        ),
        "network": lambda text: registry.update_network(network=network, name=text, **DOING),
    }
    for room, call in tried.items():
        with pytest.raises(Invalid) as refused:
            call(name)
        assert refused.value.place == "name", room
        call("Ñandú")
