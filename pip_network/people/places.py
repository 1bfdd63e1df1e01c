"""From what a source says of an institution's country to an ISO code, where it names exactly one
country.
"""

import re

from pip_network.folding import fold

NAMES = {  # folded
    "argentina": "AR",
    "alemania": "DE",
    "brasil": "BR",
    "chile": "CL",
    "colombia": "CO",
    "costa rica": "CR",
    "ecuador": "EC",
    "ee. uu.": "US",
    "espana": "ES",
    "jamaica": "JM",
    "mexico": "MX",
    "paises bajos": "NL",
    "peru": "PE",
    "rep. dominicana": "DO",
    "suiza": "CH",
    "uruguay": "UY",
    "venezuela": "VE",
}


def iso2_of(text: str) -> str:
    """`México (Guanajuato)` is MX; `Regional (Santiago)`, `Suiza-Perú` and what is not known are
    nothing.
    """
    return NAMES.get(fold(re.sub(r"\s*\(.*\)\s*$", "", text)), "")
