from .audience import Audience
from .author import Author
from .concept import Concept
from .expression import Expression
from .file import File, Page
from .searching import Form, FormCut, IndexHead, IndexRow
from .subjects import WorkCountry, WorkTheme, WorkTypology
from .work import PRODUCTS_FIRST, Work, WorkQuerySet

__all__ = [
    "PRODUCTS_FIRST",
    "Audience",
    "Author",
    "Concept",
    "Expression",
    "File",
    "Form",
    "FormCut",
    "IndexHead",
    "IndexRow",
    "Page",
    "Work",
    "WorkCountry",
    "WorkQuerySet",
    "WorkTheme",
    "WorkTypology",
]
