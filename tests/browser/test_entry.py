"""Entry and review in a real browser: a keyboard, a line that drops, two people at once."""

import os

import pytest
from allauth.account.models import EmailAddress

from monitoring.models import Approval, Entry, Remark, Submission
from monitoring.sheet.cells import CellKey
from monitoring.submission import review
from monitoring.submission.opening import open_submission, submit
from tests import factories
from tests.conftest import World

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PASSWORD = "demo-PIP-2006"
ADDRESS = "/monitoring/PIP-01/2004-S2/"
SHEET = ADDRESS + "networks/N1/"
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
    """An open 2004-S2 after an approved 2004-S1, served."""
    return served(live_server)


def served(live_server, prepare=lambda: None):
    """`prepare` is done before the open round is opened."""
    world = World()
    world.approved("2004-S1")
    prepare()
    world.opened = open_submission(
        world.project,
        world.rounds["2004-S2"],
        by=world.director,
        at=factories.moment("2004-07-05 09:00"),
    )
    for person in (world.director, world.coordinator, world.specialist):
        person.set_password(PASSWORD)
        person.language = ""
        person.save()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    world.url = live_server.url
    return world


@pytest.fixture
def enter(chromium, site):
    """Sign a person in: a page of her own; anything the browser complains about fails the test."""
    contexts, complaints = [], []

    def sign_in(person, **options):
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda line: complaints.append(line.text) if "Content Security" in line.text else None,
        )
        page.goto(site.url + "/accounts/login/")
        page.fill("input[name=login]", person.email)
        page.fill("input[type=password]", PASSWORD)
        page.press("input[type=password]", "Enter")
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert complaints == []


def cell(page, key):
    """The cell of a sheet with this key."""
    subject, kind, variable = key.split("|")
    column = page.evaluate(
        "code => [...document.querySelector('table.sheet').tHead.rows[0].cells].findIndex(th => "
        "th.dataset.v === code)",
        variable,
    )
    return page.locator(f'tr[data-u="{subject}"][data-kind="{kind}"] > :nth-child({column + 1})')


def held(variable, subject="F:FIRMAAAAA", kind="regular"):
    row = Entry.objects.filter(subject=subject, kind=kind, variable__code=variable).first()
    return row and (row.missing or row.value)


def settled(page):
    """Until nothing is on its way or waits: every cell has been answered."""
    playwright.expect(page.locator(".saves")).not_to_be_empty()
    playwright.expect(page.locator("td.c-saving, td.c-queued")).to_have_count(0)


def open_sheet(page, site, tab="sales"):
    page.goto(f"{site.url}{SHEET}?tab={tab}")
    page.wait_for_selector("table.is-live")


def paste(page, text):
    """Ctrl+V in the chosen cell of what another program has copied."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


A = "F:FIRMAAAAA|regular|"
B = "F:FIRMBBBBB|regular|"


def test_a_row_by_keyboard_alone(site, enter):
    page = enter(site.director)
    open_sheet(page, site)
    page.locator(".tabs a").last.focus()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.dataset.k") == "Ventas netas anuales"
    for text in ("100.000,00", "10000"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("n")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("4")
    page.keyboard.press("Enter")  # down to the second firm
    page.keyboard.type("5")
    page.keyboard.press("Shift+Enter")  # up again
    page.keyboard.press("F2")
    page.keyboard.type("12")  # F2 selects all: typing replaces
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    settled(page)

    assert page.evaluate("document.activeElement.dataset.k") == "Opera al cierre"
    assert [
        held(code) for code in ("sales", "exports", "top_buyer_sales", "new_clients_local")
    ] == [
        100000,
        10000,
        "refused",
        4,
    ]
    assert held("new_clients_local", "F:FIRMBBBBB") == 5
    assert cell(page, A + "top_buyer_sales").get_attribute("class") == "c c-reason"
    page.keyboard.press("Control+End")
    page.keyboard.press("Tab")
    assert (
        page.evaluate("document.activeElement.closest('table.sheet')") is None
    )  # the grid lets go


def test_what_has_two_readings_is_asked_beside_the_cell(site, enter):
    page = enter(site.director)
    open_sheet(page, site)
    cell(page, A + "sales").click()
    page.keyboard.type("1.234")
    page.keyboard.press("Enter")
    page.wait_for_selector("td.c-error")
    assert held("sales") is None
    page.keyboard.press("ArrowUp")
    page.locator(".held [data-take=reading0]").click()
    playwright.expect(page.locator("td.c-error, td.c-saving")).to_have_count(0)

    assert held("sales") == 1234


def test_a_check_speaks_at_once_and_is_explained_in_place(site, enter):
    page = enter(site.director)
    open_sheet(page, site, "employment")
    cell(page, A + "jobs").click()
    page.keyboard.type("80")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.locator("#cell-panel .say-warn").first.wait_for()
    page.keyboard.press("F6")
    page.locator("#cell-why").fill("Abrieron un segundo turno.")
    page.get_by_role("button", name="Guardar la explicación").or_(
        page.get_by_role("button", name="Save the explanation")
    ).click()
    page.wait_for_selector("td.c-told")

    assert (
        Entry.objects.get(subject="F:FIRMAAAAA", variable__code="jobs", kind="regular").explanation
        == "Abrieron un segundo turno."
    )
    assert held("jobs") == 80


def test_the_line_drops_the_page_closes_and_nothing_is_lost(site, enter):
    page = enter(site.director)
    open_sheet(page, site)
    page.context.set_offline(True)
    cell(page, A + "sales").click()
    page.keyboard.type("5000")
    page.keyboard.press("Tab")
    page.keyboard.type("70")
    page.keyboard.press("Tab")
    page.wait_for_selector("td.c-queued")
    assert page.locator("#sheet-line").is_visible()
    assert held("sales") is None

    page.close(run_before_unload=False)
    again = page.context.new_page()
    page.context.set_offline(False)
    open_sheet(again, site)
    settled(again)

    assert (held("sales"), held("exports")) == (5000, 70)
    assert again.evaluate("Object.keys(localStorage)") == []


def test_an_ended_session_asks_for_the_password_and_goes_on(site, enter):
    page = enter(site.director)
    open_sheet(page, site)
    page.context.clear_cookies(name="sessionid")
    cell(page, A + "sales").click()
    page.keyboard.type("5000")
    page.keyboard.press("Enter")
    page.locator("[data-line=signin] a").click()
    page.fill("input[name=login]", site.director.email)
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_selector("table.is-live")
    settled(page)

    assert held("sales") == 5000


@pytest.mark.parametrize(("choice", "kept"), [("mine", 8000), ("theirs", 7000)])
def test_two_people_one_cell(site, enter, choice, kept):
    director, coordinator = enter(site.director), enter(site.coordinator)
    open_sheet(director, site)
    open_sheet(coordinator, site)
    for page, text in ((coordinator, "7000"), (director, "8000")):
        cell(page, A + "sales").click()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        settled(page)
    director.wait_for_selector("td.c-clash")
    assert held("sales") == 7000  # nothing has been replaced
    shown = cell(director, A + "sales").inner_text()
    assert "8000" in shown
    assert "7.000" in shown
    director.keyboard.press("ArrowUp")
    director.locator(f".held [data-take={choice}]").click()
    playwright.expect(director.locator("td.c-clash, td.c-saving")).to_have_count(0)

    assert held("sales") == kept
    assert director.evaluate("Object.keys(localStorage)") == []


def test_a_block_from_a_spreadsheet(site, enter):
    page = enter(site.director)
    open_sheet(page, site)
    cell(page, A + "sales").click()
    paste(page, "1000\t100\n2000\t200\n")
    settled(page)

    assert [
        held("sales"),
        held("exports"),
        held("sales", "F:FIRMBBBBB"),
        held("exports", "F:FIRMBBBBB"),
    ] == [
        1000,
        100,
        2000,
        200,
    ]


def test_a_link_skips_to_the_first_empty_cell(site, enter):
    page = enter(site.director)
    open_sheet(page, site)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("100000")
    page.keyboard.press("Enter")
    settled(page)

    assert held("sales") == 100000
    assert "c-locked" in cell(page, A + "operating").get_attribute("class")
    assert cell(page, A + "operating").inner_text().strip().endswith(("sí", "yes"))


def test_columns_out_of_sight_are_told(site, enter):
    page = enter(site.director)
    page.set_viewport_size({"width": 1000, "height": 800})
    open_sheet(page, site)
    more = page.locator("[data-edge='1']")
    assert "Columnas fuera de la vista" in more.inner_text()
    more.click()
    more.click()

    playwright.expect(page.locator("[data-edge='-1']")).to_be_visible()
    page.set_viewport_size({"width": 2600, "height": 800})
    playwright.expect(page.locator("[data-edge]:visible")).to_have_count(0)


def test_three_remarks_are_found_and_answered_where_they_stand(site, enter):
    """A firm's cell, a network's and a text: from the start page to each, and back answered."""
    at = factories.moment("2005-01-20")
    factories.fill(site.opened, by=site.director, at=at)
    submit(site.opened.pk, by=site.director, at=at)
    for key in (A + "jobs", "N:N1|regular|joint_purchases"):
        review.remark(
            site.opened.pk, "¿Por qué?", key=CellKey.parse(key), by=site.specialist, at=at
        )
    review.remark(site.opened.pk, "¿Dónde?", theme="change", by=site.specialist, at=at)
    review.return_submission(site.opened.pk, "unexplained", by=site.specialist, at=at)
    page = enter(site.director)

    page.goto(site.url + "/monitoring/")
    page.locator(".remark-lines a").nth(0).click()
    page.locator("#cell-panel .thread").wait_for()
    page.locator("#cell-panel .thread ~ form textarea").fill("Por el turno nuevo.")
    page.locator("#cell-panel .thread ~ form button").first.click()
    page.locator("#cell-panel").get_by_text("Por el turno nuevo.").wait_for()
    for number in range(2):
        page.goto(site.url + "/monitoring/")
        page.locator(".remark-lines a").nth(0).click()
        page.locator("[name^=answer-]").fill(f"Respuesta {number}.")
        page.locator(".thread-save").click()
        page.locator("main [role=status]").first.wait_for()

    page.goto(site.url + ADDRESS)
    assert page.locator(".remark-lines .st-sent").count() == 3
    assert Remark.objects.filter(answers__isnull=False).count() == 3


def test_one_card_per_firm_on_a_phone(site, enter):
    page = enter(site.director)
    page.set_viewport_size({"width": 360, "height": 780})
    open_sheet(page, site)
    playwright.expect(page.locator("tbody tr:visible")).to_have_count(1)
    page.locator("[data-step='1']").click()
    cell(page, B + "sales").click()
    page.keyboard.type("9000")
    page.keyboard.press("Enter")
    settled(page)

    assert held("sales", "F:FIRMBBBBB") == 9000
    assert (
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        == 0
    )


def test_a_reader_reads(site, enter):
    page = enter(site.specialist)
    open_sheet(page, site)
    cell(page, A + "sales").click()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.locator("#cell-panel h2").wait_for()

    assert page.locator("td input").count() == 0
    assert held("sales") is None


def test_the_whole_journey(site, enter):
    director, specialist = enter(site.director), enter(site.specialist)
    factories.fill(
        site.opened, by=site.director, at=factories.moment("2005-01-10"), but={A + "sales": None}
    )

    # The director sees what is missing, goes to its cell, fills it and submits.
    director.goto(site.url + ADDRESS)
    director.locator("#missing .gaps > li > a").click()
    director.wait_for_selector("table.is-live")
    director.keyboard.type("100000")
    director.keyboard.press("Enter")
    settled(director)
    director.goto(site.url + ADDRESS)
    director.check("#id_certify")
    director.locator("#submit button").click()
    director.wait_for_selector(".say-ok")
    assert Submission.objects.get(pk=site.opened.pk).status == "submitted"

    # The specialist remarks on a cell and returns it.
    specialist.goto(f"{site.url}/review/")
    specialist.locator("tbody a").first.click()
    specialist.goto(f"{site.url}{ADDRESS}cells/F:FIRMAAAAA/regular/jobs/")
    specialist.fill("#remark-new", "¿Incluye a los temporales?")
    specialist.locator("form:has(#remark-new) button").click()
    specialist.wait_for_selector(".thread")
    specialist.goto(f"{site.url}/review/PIP-01/2004-S2/")
    specialist.select_option("select[name=reason]", "unexplained")
    specialist.fill("textarea[name=note]", "Aclare el empleo.")
    specialist.locator("form:has(textarea[name=note]) button").click()
    specialist.wait_for_url("**/review/")

    # The director answers beside the cell and submits again.
    director.goto(f"{site.url}/monitoring/")
    assert "1" in director.locator(".todo").inner_text()
    open_sheet(director, site, "employment")
    cell(director, A + "jobs").click()
    director.locator("#cell-panel textarea[name=text]").fill("No, solo permanentes.")
    director.locator("#cell-panel form:has(textarea[name=text]) button").first.click()
    director.wait_for_selector("#cell-panel .thread .mine")
    director.goto(site.url + ADDRESS)
    director.check("#id_certify")
    director.locator("#submit button").click()
    director.wait_for_selector(".say-ok")

    # The specialist resolves and approves; the record has a second approval.
    specialist.goto(f"{site.url}/review/PIP-01/2004-S2/")
    specialist.locator("form[action$='/resolve/'] button").click()
    specialist.wait_for_selector(".thread .st-ok")
    specialist.locator("form[action$='/approve/'] button").click()
    specialist.wait_for_url("**/review/")

    assert Approval.objects.count() == 2
    assert Remark.objects.filter(answers__isnull=True, resolved_at__isnull=True).count() == 0
    assert Submission.objects.get(pk=site.opened.pk).status == "approved"
