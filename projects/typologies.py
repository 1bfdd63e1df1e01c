"""The four typologies, as the programme's presentation tells them apart. Its table has three
columns; supplier chains stand in the programme's title and objective only, so that nothing else is
said of them.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.choices import Typology


class Kind(NamedTuple):
    code: str
    actors: str | Promise = ""
    leadership: str | Promise = ""
    benefits: str | Promise = ""

    @property
    def name(self) -> str:
        return str(Typology(self.code).label)

    @property
    def in_table(self) -> bool:
        """Has a column in the presentation's table."""
        return bool(self.actors)

    def get_absolute_url(self) -> str:
        return f"/typologies/{self.code}/"


KINDS: tuple[Kind, ...] = (
    Kind(
        Typology.BUSINESS_NETWORK,
        _("Firms, coordinated by a body that they recognise"),
        _("Some firm of the network"),
        _("Direct commercial benefits"),
    ),
    Kind(
        Typology.CLUSTER,
        _("Firms, trade body, promotion agencies and leading entrepreneurs"),
        _("Entrepreneurs and trade bodies"),
        _("Direct commercial and long-term strategic benefits"),
    ),
    Kind(
        Typology.TERRITORIAL_SYSTEM,
        _("Firms, local governments, universities and others"),
        _("More diffuse: entrepreneurs, local government, trade bodies, universities"),
        _("Collective goods with high externalities"),
    ),
    Kind(Typology.SUPPLIER_CHAIN),
)
BY_CODE = {str(kind.code): kind for kind in KINDS}
