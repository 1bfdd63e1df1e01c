from .country import Country
from .firm import Firm, Membership
from .network import Network
from .project import Project, ProjectFamily

__all__ = ["Country", "Firm", "Membership", "Network", "Project", "ProjectFamily"]
