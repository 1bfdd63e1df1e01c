from .audience import Audience
from .author import Author
from .concept import Concept
from .expression import Expression
from .file import File, Page
from .remark import ProposalRemark
from .searching import Form, FormCut, IndexHead, IndexRow
from .subjects import WorkCountry, WorkTheme, WorkTypology
from .use import Missed, RawUse, Use, UseHead
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
    "Missed",
    "Page",
    "ProposalRemark",
    "RawUse",
    "Use",
    "UseHead",
    "Work",
    "WorkCountry",
    "WorkQuerySet",
    "WorkTheme",
    "WorkTypology",
]
