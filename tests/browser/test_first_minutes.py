"""The first minutes of each role in a real browser: sign in, see where one is, look into every
room, find something.
"""

import os
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from pip_network.models import Mail, User
from tests import access_world

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
LONG_NAME = "María de los Ángeles Imaginado"  # the narrow masthead must hold it
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # the browser's driver keeps a loop in this thread
START = {
    "visitor": "/",
    "director": "/monitoring/",
    "coordinator": "/monitoring/",
    "specialist": "/portfolio/",
    "institution": "/start/",
    "expert": "/start/",
    "administration": "/start/",
}


@pytest.fixture
def site(committed, live_server):
    hashed = make_password(PASSWORD)
    for person in access_world.build().people.values():
        User.objects.filter(pk=person.pk).update(password=hashed, language="es", name=LONG_NAME)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return live_server.url


class Reader:
    """A browser of its own that keeps what went wrong in it."""

    def __init__(self, browser, site: str, width: int = 1440) -> None:
        self.site, self.complaints = site, []
        self.page = browser.new_context(
            viewport={"width": width, "height": 900}, locale="es"
        ).new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda line: self.complaints.append(line.text) if line.type == "error" else None,
        )

    def open(self, path: str) -> None:
        answer = self.page.goto(self.site + path)
        if answer.status != 200:
            self.complaints.append(f"{path}: {answer.status}")
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if too_wide > 0:
            self.complaints.append(f"{path}: {too_wide} px too wide")

    def sign_in(self, role: str) -> None:
        self.page.goto(self.site + "/accounts/login/")
        self.page.fill("input[name=login]", f"{role}@example.org")
        self.page.fill("input[type=password]", PASSWORD)
        self.page.press("input[type=password]", "Enter")
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)

    def here(self) -> str:
        return self.page.url.removeprefix(self.site).partition("?")[0]


@pytest.fixture
def browser(site):
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("role", START)
def test_each_role_starts_where_its_work_is_and_opens_every_room(browser, site, role, width):
    reader = Reader(browser, site, width)
    if role == "visitor":
        reader.open("/")
    else:
        reader.sign_in(role)
    assert reader.here() == START[role]
    assert reader.page.locator("h1").count() == 1
    rooms = reader.page.eval_on_selector_all(
        "header nav a", "links => links.map(link => link.getAttribute('href'))"
    )
    assert len(rooms) >= 6
    for room in dict.fromkeys(rooms):
        reader.open(room)
        assert reader.page.locator("h1").count() == 1, room
    reader.open("/search/?q=PIP-01")
    assert reader.page.locator('main a[href="/projects/PIP-01/"]').count() >= 1
    assert reader.complaints == []


def test_the_administration_invites_and_the_invited_person_enters(browser, site):
    admin = Reader(browser, site)
    admin.sign_in("administration")
    admin.page.goto(site + "/people/invitations/new/")
    if admin.page.locator("input[type=password]").count():  # it matters: she is asked who she is
        admin.page.fill("input[type=password]", PASSWORD)
        admin.page.press("input[type=password]", "Enter")
        admin.page.wait_for_selector("input[name=email]")
    admin.page.fill("input[name=email]", "nueva@example.org")
    admin.page.fill("input[name=name]", "Nueva Directora")
    admin.page.select_option("select[name=role]", "director")
    admin.page.select_option("select[name=scope]", "P:PIP-01")
    admin.page.fill("[name=reason]", "Dirige el proyecto desde hoy.")
    admin.page.locator("main form button[type=submit]").last.click()
    admin.page.wait_for_selector(".say-ok")
    (letter,) = Mail.objects.filter(to="nueva@example.org")
    link = re.search(r"/invitation/\S+", letter.body)[0]
    invited = Reader(browser, site)
    invited.page.goto(site + link)
    invited.page.fill("input[name=password1]", "Una-clave-larga-2006")
    invited.page.fill("input[name=password2]", "Una-clave-larga-2006")
    invited.page.locator("main form button[type=submit]").last.click()
    invited.page.wait_for_url(lambda url: "/invitation" not in url)
    assert invited.here() == "/monitoring/"
    assert [*admin.complaints, *invited.complaints] == []
