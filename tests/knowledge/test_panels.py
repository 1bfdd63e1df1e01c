"""Works on pages of other rooms: only what the reader may read."""

import pytest
from django.contrib.auth.models import AnonymousUser

from knowledge import panels
from knowledge.works.authors import Named
from pip_network.models import Institution
from pip_network.people.access import Role
from tests import factories
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(rf):

    request = rf.get("/")
    request.user = AnonymousUser()
    return request


def codes(content) -> list[str]:
    return [work.code for work in content["works"]] if content else []


def test_an_institution_has_the_works_that_name_it(asked):
    unido = Institution.objects.create(
        slug="unido", name="UNIDO (ONUDI)", acronym="UNIDO", relation="related", origin="stated"
    )
    factories.work("K1", authors=(Named("author", literal="UNIDO"),))
    factories.work("K2", publisher="El comunido")
    factories.work("K3", institutions=[unido])
    factories.work("K4", publisher="UNIDO", access="network")
    assert codes(panels.works_of_institution(asked, unido)) == ["K1", "K3"]
    asked.user = factories.user("experta", role=Role.EXPERT)
    assert codes(panels.works_of_institution(asked, unido)) == ["K1", "K3", "K4"]


def test_an_invented_institution_has_only_works_of_its_own(asked):
    invented = factories.institution()
    factories.work("K1", publisher=invented.name)
    assert panels.works_of_institution(asked, invented) is None
    factories.work("K2", institutions=[invented])
    assert codes(panels.works_of_institution(asked, invented)) == ["K2"]


def test_a_project_has_its_own_works_else_those_of_its_countries(asked):
    project = factories.project("PIP-01")
    factories.work("K1", countries=("AR",))
    factories.work("K2", projects=[project], access="restricted", open_to_projects=[project])
    assert codes(panels.works_of_project(asked, project)) == ["K1"]
    asked.user = factories.user("dir", role=Role.DIRECTOR, scope="P:PIP-01")
    assert codes(panels.works_of_project(asked, project)) == ["K2"]


def test_a_workshop_has_what_came_out_of_it(asked):
    themes = {"theme_es": "a", "theme_en": "b", "theme_pt": "c"}

    workshop = Workshop.objects.create(
        slug="x", number=1, year=2006, city="Lima", country="PE", origin="stated", **themes
    )
    factories.work("K1", workshop=workshop)
    factories.work("K2")
    assert codes(panels.works_of_workshop(asked, workshop)) == ["K1"]
