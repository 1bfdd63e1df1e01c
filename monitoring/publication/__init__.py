"""What the public sees: the figures of the rounds that the administration published, of the projects
whose results it published with them, and nothing newer. Pages read it by `shown`.
"""

from .panels import of_project
from .shown import Results, Shown, results_of_project, results_of_round, shown

__all__ = ["Results", "Shown", "of_project", "results_of_project", "results_of_round", "shown"]
