"""The short texts of a semester, while its submission is open."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.choices import NarrativeTheme
from monitoring.models import NarrativeDraft
from monitoring.submission.workflow import scopes
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, person_of, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.text import require_no_null

from .moves import locked

LONGEST = 4000


@transaction.atomic
def save_narrative(
    submission_id: int,
    theme: str,
    text: str,
    language: str,
    seen_stamp: int | None = None,
    *,
    by: User | Process,
    at: dt.datetime,
) -> NarrativeDraft:
    """Save one text. `seen_stamp` 0: there was none; None: do not compare.

    Raises Conflict (context: `draft`) when somebody else changed it or the submission is closed,
    Invalid, Forbidden.
    """
    submission = locked(submission_id)
    refusal = _("You may not write the narrative of this project.")
    require(by, Permission.ENTER_PROJECT, scopes(submission), refusal)
    if not submission.is_open:
        raise Conflict(_("This submission is closed: nothing has been changed."))
    text = _checked_text(theme, text, language)
    draft = (
        NarrativeDraft.objects.filter(submission=submission, theme=theme)
        .select_related("changed_by")
        .first()
    )
    if draft is not None and (draft.text, draft.language) == (text, language):
        return draft
    if seen_stamp is not None and seen_stamp != (draft.stamp if draft else 0):
        raise Conflict(
            _("Somebody else changed this text meanwhile: nothing has been overwritten."),
            place=theme,
            draft=draft,
        )
    draft = draft or NarrativeDraft(submission=submission, theme=theme, stamp=0)
    draft.text, draft.language, draft.stamp = text, language, draft.stamp + 1
    draft.changed_at, draft.changed_by = at.replace(microsecond=0), person_of(by)
    draft.save()
    audit.record(
        verb="narrative.saved", on=submission.key, by=by, at=at, theme=theme, stamp=draft.stamp
    )
    return draft


def _checked_text(theme: str, text: str, language: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    require_no_null(text, theme)
    if theme not in NarrativeTheme.values or language not in dict(settings.LANGUAGES):
        raise Invalid(_("Choose one of the questions and a language."), place=theme)
    if len(text) > LONGEST:
        raise Invalid(_("At most %(count)s characters.") % {"count": LONGEST}, place=theme)
    return text
