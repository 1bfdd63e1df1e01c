"""From what a source says of an institution's country to an ISO code, where it names exactly one
country.
"""

import re

NAMES = {
    "argentina": "AR",
    "alemania": "DE",
    "brasil": "BR",
    "chile": "CL",
    "colombia": "CO",
    "costa rica": "CR",
    "ecuador": "EC",
    "ee. uu.": "US",
    "españa": "ES",
    "jamaica": "JM",
    "méxico": "MX",
    "países bajos": "NL",
    "perú": "PE",
    "rep. dominicana": "DO",
    "suiza": "CH",
    "uruguay": "UY",
    "venezuela": "VE",
}


def iso2_of(text: str) -> str:
    """`México (Guanajuato)` is MX; `Regional (Santiago)`, `Suiza-Perú` and what is not known are
    nothing.
    """
    return NAMES.get(re.sub(r"\s*\(.*\)\s*$", "", text).strip().lower(), "")
