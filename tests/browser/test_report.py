"""A report in a real browser: composed, watched while it is built, read, a figure opened down to
its rows.
"""

import os
import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from monitoring import portfolio
from monitoring.models import Report
from monitoring.reports import build
from pip_network.choices import JobStatus
from pip_network.jobs import jobs
from tests.monitoring.reports.world import World, person

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
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # the browser's driver keeps a loop in this thread


@pytest.fixture
def site(committed, live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    World(projects=2, networks=2, firms=3).make()
    who = person("especialista@example.org", "Especialista Inventada", "specialist", "*")
    who.set_password(PASSWORD)
    who.save()
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    return live_server.url


@pytest.fixture
def page(site):
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda line: complaints.append(line.text) if "Content Security" in line.text else None,
        )
        page.goto(site + "/accounts/login/")
        page.fill("input[name=login]", "especialista@example.org")
        page.fill("input[type=password]", PASSWORD)
        page.press("input[type=password]", "Enter")
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        yield page
        browser.close()
        assert complaints == []


def compose(page, site) -> Report:
    page.goto(site + "/reports/new/")
    page.fill("#id_title", "Tendencias")
    page.check("input[name=group_by][value=typology]")
    page.check("input[name=sections][value=sales]")
    page.check("input[name=sections][value=projects]")
    page.click("input[name=order]")
    page.wait_for_selector("#report-job progress")
    return Report.objects.select_related("job").get()


def work(report: Report) -> None:
    """A worker, in a thread with a connection of its own."""

    def run() -> None:
        try:
            jobs.run(report.job_id, build.work)
        finally:
            connection.close()

    worker = threading.Thread(target=run)
    worker.start()
    worker.join()


def test_from_the_composer_to_the_rows_behind_a_figure(page, site):
    report = compose(page, site)
    work(report)
    page.wait_for_selector(".rep-section", timeout=15_000)  # the waiting page found out by itself
    assert page.locator(".rep-section h2").count() == 3  # two sections and the specification
    assert page.locator(".fig svg[role=img]").count() > 0
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    page.locator("a.trace").first.click()
    page.wait_for_url("**/figures/*/")
    assert page.locator(".trace-rows tbody tr").count() == 12
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_cancelling_ends_the_polling(page, site):
    report = compose(page, site)
    page.click("#report-job button[type=submit]")
    page.wait_for_selector("#report-job:not([hx-trigger])")
    report.job.refresh_from_db()
    assert [report.job.status, page.locator("#report-job progress").count()] == [
        JobStatus.CANCELLED,
        0,
    ]


def test_the_portfolio_opens_its_figures(page, site):
    portfolio.refresh(at=timezone.now())
    page.goto(site + "/portfolio/")
    assert page.locator(".heat").count() == 2
    page.locator(".heat td a").first.click()
    page.wait_for_url("**/figures/*/")
    assert page.locator("h1").count() == 1
