"""A text of which nothing is seen is refused at its field."""

import pytest

from knowledge.models import Work
from knowledge.works import actions
from knowledge.works.authors import Named
from knowledge.works.columns import Authors, InLanguage
from pip_network.files.importing import Address
from pip_network.people.access import Role
from pip_network.web.errors import Invalid
from tests import factories

pytestmark = pytest.mark.django_db
DOING = {"by": factories.PROCESS, "at": factories.moment("2006-07-12")}
UNSEEN = [
    " ",
    "\u200b\u2060",
    "\u0301\u0303",
    "\u00ad",
    "\u202e",
    "\u2800\u3164",
    "\x07",
    "\ufeff ",
]
RECORD = {"original": "es", "title_es": "Redes", "type": "report"}


@pytest.mark.parametrize("text", UNSEEN)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_es", "{}"),
        ("title_pt", "{}"),
        ("abstract_es", "{}"),
        ("publisher", "{}"),
        ("authors", (Named("author", literal="{}"),)),
        ("authors", (Named("author", "Dini", "{}"),)),
    ],
)
def test_a_record_is_refused_at_the_field(text, field, value):
    def said(word: str):
        if isinstance(value, str):
            return word
        return tuple(Named(*(part.format(word) for part in one)) for one in value)

    with pytest.raises(Invalid) as refused:
        actions.add_record(**{**RECORD, field: said(text)}, **DOING)
    assert (refused.value.place, Work.objects.count()) == (field, 0)
    actions.add_record(**{**RECORD, field: said("ñ")}, **DOING)


def test_a_proposal_is_refused_at_its_title(client):
    client.force_login(factories.user("experta", role=Role.EXPERT))
    sent = {"original": "pt", "title": "\u200b\u0301", "type": "report"}
    page = client.post("/library/propose/", sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["title"])
    assert not Work.objects.exists()
    assert client.post("/library/propose/", {**sent, "title": "\u200bRedes"}).status_code == 302


def test_a_file_is_refused_at_the_address_that_hides_where_it_leads():
    column = Address("source_url")
    column.model = Work
    for wrong in ("https://ana:clave@example.org/", "https://example.org/\u202egro", "ftp://a.org"):
        with pytest.raises(ValueError, match="dirección"):
            column.read(wrong)
    assert column.read(" https://example.org/ ") == "https://example.org/"


def test_a_file_of_records_is_refused_at_its_cell():
    for column in (InLanguage("title_es"), Authors("authors")):
        with pytest.raises(ValueError, match="no se ve nada"):
            column.read("\u200b\u2060")
        assert column.read("Redes\u200b")
