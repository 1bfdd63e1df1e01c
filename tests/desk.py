"""The administration's browser, and what a preview of an import says."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from pip_network.people.access import Role
from tests import factories


@pytest.fixture
def folder(tmp_path, settings):
    """What waits between a preview and its confirmation, apart for each test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "imports"


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def admin(db):
    return factories.user("admin", role=Role.ADMINISTRATION, language="en")


@pytest.fixture
def desk(client, admin):
    """The administration's browser."""
    client.force_login(admin)
    return Desk(client, admin)


class Desk:
    def __init__(self, client, person):
        self.client, self.person = client, person

    def choose(self, table: str, data: bytes, name: str = "file.xlsx"):
        return self.client.post(f"/admin/{table}/import/", {"file": SimpleUploadedFile(name, data)})

    def confirm(self, table: str, waiting: str):
        return self.client.post(f"/admin/{table}/process_import/", {"waiting": waiting})

    def store(self, table: str, data: bytes):
        """Preview and confirm; what the confirmation answered."""
        return self.confirm(table, waiting_in(self.choose(table, data)))

    def export(self, table: str, format: int = 0, query: str = "") -> bytes:
        answer = self.client.post(
            f"/admin/{table}/export/{query}", {"format": str(format), "resource": "0"}
        )
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Disposition"].startswith("attachment"), answer.content.decode()
        return answer.content


def waiting_in(page) -> str:
    """The name to confirm by; empty when the page offers no confirmation."""
    found = re.search(r'name="waiting" value="([^"]*)"', page.content.decode())
    return found[1] if found else ""


def counts(page) -> dict[str, int]:
    """What the preview counts, without zeros."""
    return {
        each["status"].value: each["count"]
        for each in page.context["plan"]["counts"]
        if each["count"]
    }


def reasons(page) -> list[tuple[int, list[str]]]:
    plan = page.context["plan"]
    return sorted(
        (row["number"], row["reasons"])
        for group in plan["groups"]
        for row in group["rows"]
        if row["reasons"]
    )
