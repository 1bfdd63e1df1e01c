from .country import Country
from .firm import Firm, Membership
from .merging import FirmDistinction, FirmMerge
from .network import Network
from .project import Project, ProjectFamily

__all__ = [
    "Country",
    "Firm",
    "FirmDistinction",
    "FirmMerge",
    "Membership",
    "Network",
    "Project",
    "ProjectFamily",
]
