"""One cell in the form of its unit."""

import re

import pytest

from monitoring.models import Entry
from tests.monitoring.entry.conftest import ADDRESS

NETWORK = ADDRESS + "units/N:N1/"
FORMALISED = "value-regular-formalised"


def page(client, address=NETWORK):
    return client.get(address).content.decode()


def held(code):
    row = Entry.objects.filter(subject="N:N1", kind="regular", variable__code=code).first()
    return row and row.value


def options(html, name):
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', html, re.S)[0]
    return re.findall(r'<option value="([^"]*)"', select)


def test_yes_or_no_is_chosen(opened, director):
    assert options(page(director), FORMALISED) == ["", "1", "0"]
    assert '<input type="text" name="value-regular-joint_purchases"' in page(director)


@pytest.mark.parametrize(("chosen", "value"), [("1", 1), ("0", 0)])
def test_what_was_chosen_is_stored_and_shown(opened, director, chosen, value):
    director.post(NETWORK, {FORMALISED: chosen, "seen-regular-formalised": "0::"})

    assert held("formalised") == value
    assert f'<option value="{chosen}" selected>' in page(director)


def test_what_is_neither_is_refused(opened, director):
    answer = director.post(NETWORK, {FORMALISED: "tal vez", "seen-regular-formalised": "0::"})

    assert (answer.status_code, held("formalised")) == (422, None)


def test_an_amount_stands_as_in_the_sheet_with_what_it_was(opened, director):
    post = {"value-regular-joint_purchases": "588400", "seen-regular-joint_purchases": "0::"}
    director.post(NETWORK, post)

    html = page(director)

    assert held("joint_purchases") == 588400
    assert re.search(r"2004[^<]*: 588\.400 · [^<]*: [0-9.]+ \(\+[0-9.]+\s*%\)", html)
