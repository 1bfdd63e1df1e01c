"""What one person sees of the evidence of a submission, each piece with the words of its place."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring.choices import EvidencePlace, Kind, NarrativeTheme
from monitoring.definitions.reading import definitions
from monitoring.entry.forms.evidence import AttachForm
from monitoring.entry.views.fetch import Sight
from monitoring.evidence import places
from monitoring.evidence.pieces import Piece, on_cell, on_texts, pieces_of, put_on_threads
from monitoring.evidence.places import Spot
from monitoring.models import Remark
from monitoring.sheet.cells import CellKey, asked_cells
from monitoring.sheet.roster import Roster, load_roster
from pip_network.people.access import Permission as P


class Place(NamedTuple):
    """Beside what: of whom, what of it, and where that is read."""

    where: str
    what: str
    url: str


class Line(NamedTuple):
    """A piece in a list."""

    piece: Piece
    place: Place
    may_change: bool  # removed and put back by this person, now


def lines_of(sight: Sight, *, pieces: Sequence[Piece] | None = None) -> list[Line]:
    """All of a submission that this person sees; withdrawn ones only for who may put them back."""
    pieces = pieces_of(sight.submission) if pieces is None else pieces
    subjects = {piece.spot.key.subject for piece in pieces if piece.spot.key}
    roster = load_roster(sight.submission, subjects=subjects) if subjects else None
    seen = [piece for piece in pieces if _sees(sight, piece.spot, roster)]
    lines = [
        Line(
            piece,
            _place(sight, piece.spot, roster),
            may_enter_at(sight, Seen(piece.spot, roster)),
        )
        for piece in seen
    ]
    return [line for line in lines if line.may_change or not line.piece.is_withdrawn]


class Seen(NamedTuple):
    """A place that this person sees, with the unit that it is of."""

    spot: Spot
    roster: Roster | None


def parsed(sight: Sight, text: str) -> Seen:
    """The place of that text form. Raises Http404 for one that is none, or not for her."""
    try:
        spot = places.parse(text, sight.submission)
    except ValueError as error:
        raise Http404 from error
    place = seen(sight, spot)
    if spot.key is not None and (place.roster is None or spot.key not in asked_cells(place.roster)):
        raise Http404
    return place


def seen(sight: Sight, spot: Spot) -> Seen:
    """That place, if this person sees it. Raises Http404."""
    roster = load_roster(sight.submission, subjects={spot.key.subject}) if spot.key else None
    if not _sees(sight, spot, roster):
        raise Http404
    return Seen(spot, roster)


def may_enter_at(sight: Sight, place: Seen) -> bool:
    """May this person attach there now? The action asks again."""
    if place.roster is None or place.spot.key is None:
        return sight.may_enter(None)
    unit = place.roster.by_subject.get(place.spot.key.subject)
    return unit is not None and sight.may_enter_unit(unit)


def told(sight: Sight, place: Seen) -> Place:
    """The words of one place."""
    return _place(sight, *place)


def beside_cell(
    sight: Sight, key: CellKey, threads: Sequence[Remark], *, can_attach: bool
) -> dict[str, Any]:
    """What the panel of a cell shows: its own pieces; those of its threads are put on them."""
    submission = sight.submission
    pieces = shown(pieces_of(submission, subject=key.subject), can_attach)
    put_on_threads(pieces, threads, _attach(sight) if can_attach else "")
    return {
        "pieces": on_cell(pieces, key),
        "attach_form": AttachForm(by=sight.user) if can_attach else None,
        "cell_text": str(key),
        "cell_url": reverse("cell-panel", args=[submission.project_id, submission.round_id, *key]),
        "can_attach": can_attach,
        "can_take_away": can_take_away(sight),
    }


def beside_texts(sight: Sight, threads: Mapping[str, Sequence[Remark]]) -> dict[str, Any]:
    """The same of the narrative: its pieces by theme, in the order of the themes."""
    can_attach = sight.may_enter(None)
    pieces = shown(pieces_of(sight.submission, subject=""), can_attach)
    rows = [row for rows in threads.values() for row in rows]
    put_on_threads(pieces, rows, _attach(sight) if can_attach else "")
    by_theme = on_texts(pieces)
    return {
        "attached": [(theme, by_theme.get(theme, [])) for theme in NarrativeTheme],
        "has_evidence": bool(by_theme),
        "can_attach": can_attach,
        "can_take_away": can_take_away(sight),
    }


def _attach(sight: Sight) -> str:
    return reverse("evidence-attach", args=[sight.submission.project_id, sight.submission.round_id])


def shown(pieces: Iterable[Piece], can_attach: bool) -> list[Piece]:
    """Withdrawn ones only for who may put them back."""
    return [piece for piece in pieces if can_attach or not piece.is_withdrawn]


def _sees(sight: Sight, spot: Spot, roster: Roster | None) -> bool:
    if spot.key is None or roster is None:
        return sight.whole
    unit = roster.by_subject.get(spot.key.subject)
    return sight.whole if unit is None else sight.sees(unit)


def _place(sight: Sight, spot: Spot, roster: Roster | None) -> Place:
    submission = sight.submission
    address = (submission.project_id, submission.round_id)
    prefix = {
        EvidencePlace.EXPLANATION: _("Explanation of %(what)s"),
        EvidencePlace.REMARK: _("Remark on %(what)s"),
    }.get(EvidencePlace(spot.place), "%(what)s")
    if spot.key is not None:
        unit = roster.by_subject.get(spot.key.subject) if roster else None
        variable = definitions(submission.catalogue_id).by_code.get(spot.key.variable)
        where = unit.label if unit else spot.key.subject[2:]
        if spot.key.kind == Kind.BASELINE:
            where = f"{where} ({_('baseline')})"
        name = variable.name if variable else spot.key.variable
        return Place(
            where, prefix % {"what": name}, reverse("cell-panel", args=[*address, *spot.key])
        )
    if spot.theme:
        name = str(NarrativeTheme(spot.theme).label)
        url = f"{reverse('narrative', args=address)}#{spot.theme}"
        return Place(_("Narrative"), prefix % {"what": name}, url)
    url = f"{submission.get_absolute_url()}#thread-{spot.remark}"
    return Place(_("The whole submission"), _("Remark"), url)


def can_take_away(sight: Sight) -> bool:
    """May this person take the file of an approved piece away?"""
    return sight.may(P.TAKE_AWAY_EVIDENCE)
