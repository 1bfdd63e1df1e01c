"""What a reader is told when a part of a page is refused, what comes out on paper, and the map with
the keyboard alone.
"""

import os
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from monitoring.models import Submission
from monitoring.sheet.cells import CellKey
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from pip_network.models import Job, RoleAssignment, User
from tests import access_world, factories
from tests.access_rules import JOB

playwright = pytest.importorskip("playwright.sync_api")
pdfium = pytest.importorskip("pypdfium2")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PASSWORD = "demo-PIP-2006"
SHEET = "/monitoring/PIP-01/2005-S1/networks/N1/"
UNIT = "/monitoring/PIP-01/2005-S1/units/F:FIRMAAAAA/"
CELLS = "table.sheet tbody td:not(.c-off):not(.c-locked)"
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # the browser's driver keeps a loop in this thread


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(committed, live_server):
    hashed = make_password(PASSWORD)
    for person in access_world.build().people.values():
        User.objects.filter(pk=person.pk).update(password=hashed, language="es")
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return live_server.url


@pytest.fixture
def enter(chromium, site):
    """A page of its own for a role, or for a visitor; what the browser complains about fails the
    test.
    """
    contexts, complaints = [], []

    def open_page(role: str = "", **options):
        context = chromium.new_context(
            viewport={"width": 1440, "height": 900}, locale="es", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda line: complaints.append(line.text) if "Content Security" in line.text else None,
        )
        if role:
            page.goto(site + "/accounts/login/")
            page.fill("input[name=login]", f"{role}@example.org")
            page.fill("input[type=password]", PASSWORD)
            page.press("input[type=password]", "Enter")
            page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def said(page):
    return page.get_by_role("alert")


# ---- a part of a page is refused ----


def watched(page, site) -> None:
    """The page of a job that waits, asking by the clock; whose job it is decides nothing for a
    reader of the portfolio.
    """
    Job.objects.filter(pk=JOB).update(requested_by=User.objects.get(email="director@example.org"))
    page.goto(f"{site}/jobs/{JOB}/")
    playwright.expect(page.locator(".job-state")).to_contain_text("En cola")
    playwright.expect(said(page)).to_be_empty()


def test_a_role_that_ends_while_a_page_waits_is_said_and_asking_ends(site, enter):
    page = enter("specialist")
    page.clock.install()
    watched(page, site)
    RoleAssignment.objects.filter(person__email="specialist@example.org").delete()
    page.clock.run_for(2100)
    playwright.expect(said(page)).to_contain_text(
        "Su acceso pudo haber cambiado mientras la página estaba abierta."
    )
    playwright.expect(page.locator(".job-state")).to_contain_text(
        "En cola"
    )  # what stood there stays
    assert page.locator(".job-state").get_attribute("data-refused") == "404"
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(20_000)  # ten turns of its clock
    assert asked == []


def test_a_server_that_does_not_answer_is_said_until_it_does(site, enter):
    page = enter("specialist")
    watched(page, site)
    page.context.set_offline(True)
    playwright.expect(said(page)).to_contain_text("El servidor no responde")
    page.context.set_offline(False)
    playwright.expect(said(page)).to_be_empty()


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (
            409,
            '<div class="say say-bad" role="alert"><b>No se hizo</b> Ana guardó 7.</div>',
            "Ana guardó 7.",
        ),
        (
            429,
            '<div class="say say-warn"><b>Demasiados intentos</b> Espere.</div>',
            "Demasiados intentos",
        ),
        (
            503,
            '<div class="say say-warn"><b>Mantenimiento</b> Vuelva luego.</div>',
            "Mantenimiento",
        ),
        (502, "<html><body>Bad gateway</body></html>", "El portal no pudo responder"),
    ],
)
def test_the_sentence_of_each_refusal_is_shown(status, body, words, site, enter):
    page = enter("specialist")
    watched(page, site)
    page.route(
        "**/jobs/**",
        lambda route: route.fulfill(status=status, content_type="text/html", body=body),
    )
    playwright.expect(said(page)).to_contain_text(words)
    assert said(page).count() == 1  # one place speaks, not a place inside another
    page.unroute("**/jobs/**")
    playwright.expect(said(page)).to_be_empty()  # it asks again, and is answered


def test_the_sheet_says_that_the_role_has_ended_and_keeps_what_was_typed(site, enter):
    page = enter("director")
    page.goto(site + SHEET)
    page.wait_for_selector("table.is-live")
    first = page.locator(CELLS).first
    first.click()
    RoleAssignment.objects.filter(person__email="director@example.org").delete()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#sheet-line [data-line=hidden]")).to_be_visible()
    playwright.expect(page.locator("#sheet-line [data-line=signin]")).to_be_hidden()
    assert (
        page.evaluate(
            'Object.values(localStorage).filter(item => item.includes(\'"text":"7"\')).length'
        )
        == 1
    )
    page.locator(CELLS).nth(1).click()
    playwright.expect(said(page)).to_contain_text("Su acceso pudo haber cambiado")


# ---- on paper ----


def on_paper(page) -> str:
    paper = pdfium.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in paper)


@pytest.fixture
def typed(site):
    """Two values in the open semester, one of them in each column that tells itself apart."""
    submission = Submission.objects.get(project="PIP-01", round="2005-S1")
    director = User.objects.get(email="director@example.org")
    values = {"new_clients_local": 4713, "new_clients_foreign": 9021}
    changes = [
        CellChange(CellKey("F:FIRMAAAAA", "regular", code), Decimal(value))
        for code, value in values.items()
    ]
    saved = save_cells(submission.pk, changes, by=director, at=factories.moment("2005-07-21")).saved
    assert [one.value for one in saved.values()] == [4713, 9021]


def test_the_printed_sheet_holds_its_values_and_not_its_tools(site, enter, typed):
    page = enter("director")
    page.goto(site + SHEET)
    page.wait_for_selector("table.is-live")
    page.locator(CELLS).first.click()
    playwright.expect(page.locator("#cell-panel")).to_contain_text("Historial de la celda")
    paper = on_paper(page)
    assert [paper.count(value) for value in ("4.713", "9.021")] == [
        2,
        2,
    ]  # in the row, and in the total
    for tool in (
        "Revisar y enviar",
        "Historial de la celda",
        "Buscar",
        "Talleres",
        "Muévase con las flechas",
    ):
        assert tool not in paper, tool


def test_a_printed_form_holds_what_was_entered_and_not_its_buttons(site, enter, typed):
    page = enter("director")
    page.goto(site + UNIT)
    button = page.get_by_role("button", name="Guardar todo")
    playwright.expect(button).to_be_visible()
    paper = on_paper(page)
    # in the field, and beside the earlier values
    assert [paper.count(value) for value in ("4.713", "9.021")] == [2, 2]
    assert "Guardar todo" not in paper
    assert paper.count("Clientes nuevos locales") == 1


def test_the_ways_of_a_page_are_printed_and_its_filters_are_not(site, enter):
    page = enter("administration")
    page.goto(site + "/start/")
    assert "Invitaciones" in on_paper(page)
    page.goto(site + "/networks/")
    assert page.get_by_role("button", name="Aplicar").is_visible()
    paper = on_paper(page)
    assert ("N1" in paper, "Aplicar" in paper) == (True, False)


# ---- the map ----


def test_each_country_of_the_map_is_reached_by_the_keyboard_in_reading_order(site, enter):
    factories.network("N2", factories.project("PIP-02"), country=factories.country("BR", "BRL"))
    page = enter()
    page.goto(site + "/countries/")
    links = page.locator(".map-links a")
    names = [link.get_attribute("aria-label") for link in links.all()]
    assert [name.partition(":")[0].partition(",")[0] for name in names] == ["Argentina", "Brasil"]
    page.locator("#content").focus()
    for _each in range(40):  # up to the first country, past what stands before it
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.map-links') !== null"):
            break
    page.keyboard.press("Shift+Tab")
    outlines = []
    for name in names:
        before = page.locator(f'.map-links a[aria-label="{name}"] circle').evaluate(
            "c => getComputedStyle(c).strokeWidth"
        )
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name
        after = page.evaluate(
            "getComputedStyle(document.activeElement.querySelector('circle')).strokeWidth"
        )
        outlines.append((before, after))
    assert outlines == [("1px", "4px")] * 2  # the mark of the one that has the focus is ringed
    page.keyboard.press("Enter")
    page.wait_for_url(site + "/countries/br/")
