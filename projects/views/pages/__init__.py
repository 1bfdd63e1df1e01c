"""One page each: a project, a network, a country, an institution, a typology, the documented
projects.
"""

from .country import country
from .documented import documented
from .institution import institution
from .network import network
from .project import project
from .typologies import typologies, typology

__all__ = ["country", "documented", "institution", "network", "project", "typologies", "typology"]
