"""A proposal on its way: a curator asks something of it, who proposed it answers, it is published,
found and withdrawn, and its page says so.
"""

import pytest

from knowledge.models import ProposalRemark, Work
from knowledge.works.actions import propose_work
from pip_network.people.access import Role
from tests import factories
from tests.browser.walking import chromium, playwright, walk

__all__ = ["chromium", "walk"]
TITLE = "Guía de compras conjuntas"
CORRECTED = "Guía de compras conjuntas de la red del cuero"
QUESTION = "¿De qué red es? Dígalo en el título."
REASON = "La editorial publicó una segunda edición."


@pytest.fixture
def proposed(committed) -> Work:
    """By an expert."""
    return propose_work(
        by=factories.user("experta", role=Role.EXPERT),
        at=factories.moment("2006-05-02"),
        original="es",
        title_es=TITLE,
        type="guide",
        year=2006,
        publisher="Editorial Imaginada",
    )


@pytest.fixture
def curator(committed):
    return factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-01")


def works(walk, question: str) -> list[str]:
    walk.open(f"/library/?q={question}")
    return walk.page.locator("main .rows h3").all_inner_texts()


def test_from_a_proposal_to_a_page_that_says_why_it_was_withdrawn(walk, proposed, curator):
    address = f"/library/{proposed.code}/"
    keeper, hers = walk(curator), walk(proposed.proposed_by, width=360)
    visitor = walk(width=360)
    assert visitor.open(address) == 404

    # taken, and sent back with a remark
    keeper.open("/library/keep/")
    keeper.press(keeper.link(TITLE))
    keeper.press(keeper.button("Tomarla para revisión"))
    keeper.press(keeper.link("Devolver con una observación"))
    keeper.page.fill("#id_remark", QUESTION)
    keeper.press(keeper.button("Enviar la observación"))
    assert keeper.here() == address
    assert ProposalRemark.objects.get().text == QUESTION

    # corrected and answered by who proposed it
    hers.open("/library/mine/")
    assert QUESTION in hers.page.locator("main").inner_text()
    hers.press(hers.link(TITLE))
    hers.press(hers.link("Corregir la propuesta"))
    hers.page.fill("#id_title", CORRECTED)
    hers.press(hers.button("Guardar"))
    hers.press(hers.link("Enviar de nuevo la propuesta"))
    hers.page.fill("#id_answer", "Ya está en el título.")
    hers.press(hers.button("Enviar de nuevo la propuesta"))
    assert hers.link("Enviar de nuevo la propuesta").count() == 0

    # published, and found by everybody
    assert works(visitor, "compras+conjuntas") == []
    keeper.open(address)
    assert "Ya está en el título." in keeper.page.locator("main").inner_text()
    keeper.press(keeper.button("Publicar"))
    assert works(visitor, "compras+conjuntas") == [CORRECTED]
    visitor.press(visitor.link(CORRECTED))
    assert QUESTION not in visitor.page.locator("main").inner_text()
    cited = visitor.page.locator("main section dd.break").all_inner_texts()
    assert [CORRECTED in text for text in cited] == [True, True]

    # withdrawn: its page stays and says how it was cited, found no more
    keeper.press(keeper.link("Retirar"))
    keeper.page.fill("#id_reason", REASON)
    keeper.press(keeper.button("Retirar la obra"))
    assert visitor.open(address) == 410
    playwright.expect(visitor.page.locator("h1")).to_have_text("Esta obra fue retirada")
    told = visitor.page.locator("main dl.dl dd").all_inner_texts()
    assert (told[:2], told[3]) == (cited, REASON)
    assert works(visitor, "compras+conjuntas") == []
