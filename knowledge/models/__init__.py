from .audience import Audience
from .author import Author
from .expression import Expression
from .file import File, Page
from .subjects import WorkCountry, WorkTheme, WorkTypology
from .work import PRODUCTS_FIRST, Work, WorkQuerySet

__all__ = [
    "PRODUCTS_FIRST",
    "Audience",
    "Author",
    "Expression",
    "File",
    "Page",
    "Work",
    "WorkCountry",
    "WorkQuerySet",
    "WorkTheme",
    "WorkTypology",
]
