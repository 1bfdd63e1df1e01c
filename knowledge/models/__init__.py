from .application import Application
from .audience import Audience
from .author import Author
from .concept import Concept
from .evidence import Evidence
from .expression import Expression
from .file import File, Page
from .lesson import Lesson, LessonQuerySet, scopes_of
from .lesson_subjects import LessonTheme, LessonTypology
from .lesson_text import PARAGRAPHS, LessonText
from .searching import Form, FormCut, IndexHead, IndexRow
from .subjects import WorkCountry, WorkTheme, WorkTypology
from .validation import Validation
from .work import PRODUCTS_FIRST, Work, WorkQuerySet

__all__ = [
    "PARAGRAPHS",
    "PRODUCTS_FIRST",
    "Application",
    "Audience",
    "Author",
    "Concept",
    "Evidence",
    "Expression",
    "File",
    "Form",
    "FormCut",
    "IndexHead",
    "IndexRow",
    "Lesson",
    "LessonQuerySet",
    "LessonText",
    "LessonTheme",
    "LessonTypology",
    "Page",
    "Validation",
    "Work",
    "WorkCountry",
    "WorkQuerySet",
    "WorkTheme",
    "WorkTypology",
    "scopes_of",
]
