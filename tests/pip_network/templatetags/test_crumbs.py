"""Every page says where it stands: one path, the way up by links, the page itself last and no link."""

import re

import pytest
from django.urls import reverse

from tests.access_rules import ROLES, RULES, parameters

# The start of the portal, and the rooms of signing in: who is there has nothing above.
WITHOUT = re.compile(r"home|account_|mfa_|usersessions_|invitation-answer|admin:login")
PATH = re.compile(r'<nav class="crumbs"[^>]*>(.*?)</nav>', re.DOTALL)


def pages():
    """(name, role) of every address that answers a page to somebody, with the last role of the
    table that gets it.
    """
    for name, rule in sorted(RULES.items()):
        allowed = [
            role for role, status in zip(ROLES, rule.get.split(), strict=True) if status == "200"
        ]
        if allowed and not WITHOUT.match(name):
            yield pytest.param(name, allowed[-1], id=name)


@pytest.mark.parametrize(("name", "role"), list(pages()))
def test_each_page_says_where_it_stands(name, role, places):
    browser = places.client(role)
    answer = browser.get(reverse(name, kwargs=parameters(name)))
    assert answer.status_code == 200
    is_text = not answer.streaming and answer["Content-Type"].startswith("text/")
    page = answer.content.decode() if is_text else ""
    if "<html" not in page:
        assert PATH.findall(page) == []  # a file, or a part of a page
        return
    paths = PATH.findall(page)
    assert len(paths) == 1
    steps = re.findall(r"<li([^>]*)>(.*?)</li>", paths[0], re.DOTALL)
    assert len(steps) >= 2
    *above, (mark, here) = steps
    assert (mark, "<a" in here, bool(here.strip())) == (' aria-current="page"', False, True)
    for mark, step in above:
        address = re.fullmatch(r'\s*<a href="([^"]+)">[^<]+</a>\s*', step).group(1)
        assert mark == ""
        assert browser.get(address).status_code == 200, address
    assert re.search(r'<a href="([^"]+)">', above[0][1]).group(1) == "/"
