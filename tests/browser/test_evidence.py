"""Evidence by the keyboard: attached at a cell and at a text, read by the reviewer, approved, taken
away with a reason.
"""

import pytest

from monitoring.models import Approval, Evidence, EvidenceDraft
from monitoring.submission.opening import submit
from tests.conftest import World
from tests.factories import moment
from tests.pip_network.files.stored import pdf

from .walking import Walk, chromium, playwright, walk

__all__ = ["chromium", "walk"]
HERE = "/monitoring/PIP-01/2004-S1/"
PANEL = f"{HERE}cells/F:FIRMAAAAA/regular/service_hours/"
ATTACH = "Adjuntar un archivo o una dirección"
PAGE = "https://example.org/nota"
REASON = "Contiene datos de una persona"


@pytest.fixture
def world(committed, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    world = World()
    world.opened = world.filled("2004-S1", at="2004-06-30")
    return world


def paper(tmp_path):
    path = tmp_path / "acta.pdf"
    path.write_bytes(pdf("Acta de la reunión"))
    return str(path)


def attach_at_the_cell(her: Walk, file: str) -> None:
    her.open(PANEL)
    summary = her.page.locator("summary", has_text=ATTACH)
    her.tab_to(summary)
    her.page.keyboard.press("Enter")
    her.tab_to(her.page.get_by_label("Archivo", exact=True))
    her.page.get_by_label("Archivo", exact=True).set_input_files(file)
    playwright.expect(her.page.get_by_text("El archivo llegó.")).to_be_visible()
    her.choose(her.button("Adjuntar"))
    assert her.here() == PANEL
    playwright.expect(her.link("acta.pdf")).to_be_visible()


def attach_at_the_text(her: Walk) -> None:
    her.open(f"{HERE}narrative/")
    her.choose(her.link(ATTACH).first)
    her.tab_to(her.page.get_by_label("O una dirección"))
    her.page.keyboard.type("javascript:alert(1)")
    her.choose(her.button("Adjuntar"))
    assert her.page.get_by_label("O una dirección").input_value() == "javascript:alert(1)"
    her.page.get_by_label("O una dirección").fill(PAGE)
    her.choose(her.button("Adjuntar"))
    assert her.here() == f"{HERE}narrative/#evidence"
    playwright.expect(her.link(PAGE)).to_be_visible()


def removed_and_back(her: Walk) -> None:
    her.open(f"{HERE}evidence/")
    her.choose(her.page.get_by_role("button", name="Quitar: acta.pdf"))
    assert EvidenceDraft.objects.standing().count() == 1
    her.choose(her.button("Reponer").first)
    assert EvidenceDraft.objects.standing().count() == 2


def test_from_the_cell_to_the_taking_away(world, walk, tmp_path):
    her = walk(world.director)
    attach_at_the_cell(her, paper(tmp_path))
    attach_at_the_text(her)
    removed_and_back(her)
    submit(world.opened.pk, by=world.director, at=moment("2004-07-20"))

    reviewer = walk(world.specialist, width=360)
    reviewer.open("/review/PIP-01/2004-S1/")
    file = reviewer.link("acta.pdf")
    reviewer.tab_to(file)
    with reviewer.page.expect_download() as download:
        reviewer.page.keyboard.press("Enter")
    assert download.value.suggested_filename == "acta.pdf"
    reviewer.choose(reviewer.page.get_by_role("button", name="Aprobar").first)
    assert Approval.objects.get().format == 5

    her.open(f"{HERE}evidence/")
    her.choose(her.link("Retirar el archivo").first)
    her.tab_to(her.page.get_by_label("Motivo"))
    her.page.keyboard.type(REASON)
    her.choose(her.button("Retirar el archivo"))
    assert her.here() == f"{HERE}evidence/"
    playwright.expect(her.page.get_by_text(REASON)).to_be_visible()
    assert Evidence.objects.get(format="pdf").taken_away_for == REASON
