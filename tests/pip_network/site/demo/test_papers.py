"""The papers of the demonstration are what the door for files takes, with the same bytes everywhere."""

import hashlib

import pytest

from pip_network.choices import FileKind
from pip_network.files.stored.reading import look
from pip_network.site.demo import papers

PAPERS = {
    "minutes": (papers.pdf(papers.MINUTES), FileKind.PDF),
    "invoices": (papers.pdf(papers.INVOICES), FileKind.PDF),
    "picture": (papers.png(), FileKind.PNG),
    "book": (papers.xlsx(), FileKind.XLSX),
}
DIGESTS = {
    "minutes": "07d120955fdc56cde92dd3f7feda65c5849a8c964466b5e24cb7edde8231aa86",
    "invoices": "7396642fd547ecb8c2cb30b1edfd6f1ef9f9a7dc58953f4728491efd0c3f372a",
    "picture": "b379d34605bbf3f23ecdaa23991f672f6186d51075a2de1cf89b06a201517f78",
    "book": "2a4d0b813e2f527f04917d76cb9aa4b10ca074b7b2933e748cbba44f0d459325",
}


@pytest.mark.parametrize("name", PAPERS)
def test_each_is_taken_for_what_it_is(name, tmp_path):
    content, kind = PAPERS[name]
    path = tmp_path / name
    path.write_bytes(content)
    with path.open("rb") as file:
        assert look(file) == kind
    assert len(content) < 40_000


@pytest.mark.parametrize("name", PAPERS)
def test_their_bytes_do_not_change(name):
    assert hashlib.sha256(PAPERS[name][0]).hexdigest() == DIGESTS[name]
