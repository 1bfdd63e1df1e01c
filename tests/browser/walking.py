"""A person's walk through the portal in a real browser: signed in, by her keyboard, and each page
looked at by axe.
"""

import os
from collections.abc import Iterator
from importlib.resources import files

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from pip_network.models import User

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
WIDTHS = (1440, 360)
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
LOOK = """axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}).then(
    found => found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).join(' ')}`)
)"""
FAR = 200  # presses of Tab; no page has so much before what it is about
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
def walk(chromium, live_server) -> Iterator:
    """Begins a walk as a person, or as a visitor; what its browser complains about fails the
    test.
    """
    begun: list[Walk] = []

    def begin(person: User | None = None, *, language: str = "es", width: int = 1440) -> Walk:
        begun.append(Walk(chromium, live_server.url, language, width))
        if person is not None:
            begun[-1].sign_in(person, language)
        return begun[-1]

    yield begin
    for one in begun:
        one.page.context.close()
    if complaints := [complaint for one in begun for complaint in one.complaints]:
        pytest.fail("\n".join(complaints))


class Walk:
    def __init__(self, browser, site: str, language: str, width: int) -> None:
        self.site, self.complaints = site, []
        self.page = browser.new_context(
            viewport={"width": width, "height": 900}, locale=language
        ).new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda line: (
                self.complaints.append(line.text) if "Content Security" in line.text else None
            ),
        )

    def sign_in(self, person: User, language: str) -> None:
        User.objects.filter(pk=person.pk).update(
            password=make_password(PASSWORD), language=language
        )
        EmailAddress.objects.get_or_create(
            user=person, email=person.email, verified=True, primary=True
        )
        self.page.goto(self.site + "/accounts/login/")
        self.page.fill("input[name=login]", person.email)
        self.page.fill("input[type=password]", PASSWORD)
        self.page.press("input[type=password]", "Enter")
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)

    def open(self, path: str) -> int:
        """The page at an address, looked at; says the status of the answer."""
        answer = self.page.goto(self.site + path)
        self.look()
        return answer.status

    def look(self) -> None:
        """Nothing here is wider than the screen, and axe finds nothing."""
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        self.page.evaluate(AXE)
        found = self.page.evaluate(LOOK)
        if too_wide > 0 or found:
            self.complaints.append(f"{self.here()}: {max(too_wide, 0)} px too wide, {found}")

    def here(self) -> str:
        return self.page.url.removeprefix(self.site).partition("?")[0]

    def button(self, name: str, **options):
        return self.page.locator("main").get_by_role("button", name=name, exact=True, **options)

    def link(self, name: str, **options):
        return self.page.locator("main").get_by_role("link", name=name, exact=True, **options)

    # ---- by keyboard alone ----

    def tab_to(self, target) -> None:
        """Press Tab until it has the focus, and see that it is on the screen."""
        wanted = target.element_handle()
        has_focus = "one => one === document.activeElement"
        for _each in range(FAR):
            if wanted.evaluate(has_focus):
                break
            self.page.keyboard.press("Tab")
        assert wanted.evaluate(has_focus), f"{FAR} presses of Tab do not lead to {target}"
        playwright.expect(target).to_be_in_viewport()

    def choose(self, target) -> None:
        """Enter on a link or a button, which leads to another page, looked at."""
        self.tab_to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def press(self, target) -> None:
        """The same with the pointer."""
        with self.page.expect_navigation():
            target.click()
        self.look()
