"""A text of which readers see nothing."""

import pytest

from pip_network.folding import is_unseen

UNSEEN = [
    " ",
    "\u200b\u2060",
    "\u0301\u0303",
    "\u00ad",
    "\u202e",
    "\u2800\u3164",
    "\x07",
    "\ufeff ",
]


@pytest.mark.parametrize("text", ["", "Redes", "\u200bñ", "'", "2", "—", "🙂", "\u202eabc"])
def test_what_is_seen_or_empty(text):
    assert not is_unseen(text)


@pytest.mark.parametrize("text", UNSEEN)
def test_what_was_written_and_is_not_seen(text):
    assert is_unseen(text)
