from .audience import Audience, Opening
from .author import Author
from .concept import Concept
from .expression import Expression
from .file import File, Page
from .lists import List, ListItem
from .path import Answer, Module, Progress, Question
from .remark import ProposalRemark
from .saved import SavedSearch
from .searching import Form, FormCut, IndexHead, IndexRow
from .subjects import WorkCountry, WorkTheme, WorkTypology
from .use import Missed, RawUse, Use, UseHead
from .work import PRODUCTS_FIRST, Work, WorkQuerySet

__all__ = [
    "PRODUCTS_FIRST",
    "Answer",
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
    "List",
    "ListItem",
    "Module",
    "Opening",
    "Progress",
    "Question",
    "SavedSearch",
    "Work",
    "WorkCountry",
    "WorkQuerySet",
    "WorkTheme",
    "WorkTypology",
]
