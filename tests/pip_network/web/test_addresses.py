"""Who reads an address sees where it leads."""

import pytest

from pip_network.web.addresses import require_address
from pip_network.web.errors import Invalid


@pytest.mark.parametrize(
    "address",
    [
        "https://ana:clave@example.org/",
        "https://ana@example.org/",
        "https://bid.org@example.org/",
        "https://example.org/\u202egro.dib",
        "https://example\u200b.org/",
        "https://example.org/a\u00a0b",
        "https://example.org/\u2800",
        "ftp://example.org/",
        "javascript:alert(1)",
        "//example.org/",
        "https://",
        "https:///page",
        "https://[::1/",
        "",
    ],
)
def test_what_is_refused(address):
    with pytest.raises(Invalid) as refused:
        require_address(address, "there")
    assert refused.value.place == "there"


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "http://example.org/@ana?a=1@2#b", "HTTPS://ejemplo.org/señal"],
)
def test_what_is_taken(address):
    require_address(address)
