"""What was looked for in vain, so that who keeps the library sees what it lacks: the words alone,
by day, never who asked.
"""

import datetime as dt
import logging
import re

from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest

from knowledge.models import Missed
from pip_network.folding import fold
from pip_network.web.days import day_of

from .robots import is_robot

log = logging.getLogger(__name__)

SHORTEST, LONGEST = 2, 80
NEW_A_DAY = 500  # questions: beyond, only those that are there go on being counted
KEPT = dt.timedelta(days=365)
PERSONAL = re.compile(r"@|\d[\d .\-/]{5,}\d")  # addresses, numbers of telephones and papers


def note(request: HttpRequest, question: str, language: str, *, at: dt.datetime) -> None:
    """Count a question that found nothing. Never raises: the answer matters more."""
    said = question_of(question)
    if request.method != "GET" or not said or is_robot(request.headers.get("User-Agent", "")):
        return
    try:
        with transaction.atomic():
            _count(said, language, day_of(at))
    except DatabaseError:
        log.warning("A search that found nothing could not be counted.")


def question_of(typed: str) -> str:
    """As it is kept: folded and cut; nothing of what is too short or may name a person."""
    said = fold(typed.replace("\0", " "))
    return "" if len(said) < SHORTEST or PERSONAL.search(typed) else said[:LONGEST].strip()


def _count(question: str, language: str, day: dt.date) -> None:
    rows = Missed.objects.filter(day=day)
    same = rows.filter(question=question, language=language)
    if same.update(count=F("count") + 1) or rows.count() >= NEW_A_DAY:
        return
    Missed.objects.create(day=day, question=question, language=language)


def sweep(*, at: dt.datetime) -> None:
    """Forget what is older than a year."""
    old = Missed.objects.filter(day__lt=day_of(at - KEPT))
    if old.exists():
        old.delete()
