"""The closed lists of the system as the Manual shows them: reasons, states, steps, flags, typologies."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from monitoring.analysis import figures
from monitoring.choices import (
    Door,
    Frequency,
    MembershipState,
    Missing,
    NarrativeTheme,
    ReturnReason,
    Source,
    Status,
    TargetState,
)
from monitoring.manual import forms, listing
from monitoring.manual.blocks import Block, table
from monitoring.manual.edition import Edition
from monitoring.reports import text
from monitoring.sheet.display import CHOSEN_REASONS, LOCKED_BECAUSE, REASONS
from monitoring.submission.workflow import TRANSITIONS
from pip_network.people.access import Permission
from pip_network.web import formats
from projects.choices import Typology

LOST = ("left", "closed_unknown", "refused", "not_collected", "no_data")
METHODS = ("none", "none_few_clusters", "linearised", "wilson_neff", "woodruff")
STEPPERS = {
    Permission.SUBMIT: "director",
    Permission.REVIEW: "specialist",
    Permission.AMEND: "director",
}


def versions(edition: Edition) -> list[Block]:
    """The published versions, and the draft where it is this one."""
    rows = list(edition.published)
    if edition.version.is_draft:
        rows.insert(0, edition.version)
    lines = [
        (
            str(row.number),
            formats.long_date(row.published_on) if row.published_on else "–",
            str(row.get_status_display()),
            row.note or "–",
        )
        for row in rows
    ]
    heads = (_("Version"), _("Published"), _("State"), _("What changed"))
    return [table(_("Versions of the catalogue"), heads, lines)]


def typologies(edition: Edition) -> list[Block]:
    """With the indicators that the page of each features."""
    lines = [
        (
            str(one.label),
            ", ".join(row.code for row in edition.indicators if one.value in row.featured_for)
            or "–",
            ", ".join(row.code for row in edition.indicators if one.value in row.applies_to) or "–",
        )
        for one in Typology
    ]
    heads = (_("Typology"), _("Featured indicators"), _("Indicators of few typologies"))
    return [table(_("Typologies"), heads, lines)]


def reasons(_edition: Edition) -> list[Block]:
    """Why a value is missing: code, words, who writes it, what it does."""
    written = {
        Missing.NOT_COLLECTED: _("The firm or network could not be asked, or did not have it."),
        Missing.REFUSED: _("It was asked and did not want to say."),
        Missing.NOT_APPLICABLE: _("The variable is not of its typology, or the firm has closed."),
        Missing.NO_DATA: _("A cell outside the core was left blank when it was approved."),
    }
    lines = [
        (
            str(REASONS[one]),
            one.value,
            _("people choose it") if one in CHOSEN_REASONS else _("the portal writes it"),
            written[one],
        )
        for one in Missing
    ]
    heads = (_("Reason"), _("Code"), _("By whom"), _("When"))
    return [table(_("Reasons for a missing value"), heads, lines)]


def sources(_edition: Edition) -> list[Block]:
    """Who wrote a value."""
    lines = [
        (str(one.label), one.value, str(LOCKED_BECAUSE.get(one, _("People can change it."))))
        for one in Source
    ]
    heads = (_("Value"), _("Code"), _("What follows"))
    return [table(_("Where the value of a cell comes from"), heads, lines)]


def doors(_edition: Edition) -> list[Block]:
    heads = (_("Door"), _("Code"))
    return [
        table(_("Doors by which a cell changes"), heads, [(str(d.label), d.value) for d in Door])
    ]


def memberships(_edition: Edition) -> list[Block]:
    said = {
        MembershipState.ACTIVE: _("It is asked for all that applies."),
        MembershipState.LEFT: _("It is lost to the comparison, never zero."),
        MembershipState.CLOSED: _(
            "From the year of closing its stocks are zero, later its sales too."
        ),
    }
    heads = (_("Membership"), _("Code"), _("What follows"))
    rows = [(str(one.label), one.value, said[one]) for one in MembershipState]
    return [table(_("Membership of a firm"), heads, rows)]


def frequencies(edition: Edition) -> list[Block]:
    said = {
        Frequency.SEMESTER: _("in every round, for its semester"),
        Frequency.ANNUAL: _("in the rounds of the second semester, for the calendar year"),
        Frequency.MILESTONE: _(
            "in the 2nd, 4th, 6th second semester of the project and in its last round"
        ),
    }
    lines = [
        (
            str(one.label),
            said[one],
            str(sum(row.frequency == one for row in edition.variables)),
        )
        for one in Frequency
    ]
    heads = (_("Frequency"), _("When it is asked"), _("Variables"))
    return [table(_("What a round asks"), heads, lines)]


def states(_edition: Edition) -> list[Block]:
    said = {
        Status.DRAFT: _("The project enters values; nothing counts yet."),
        Status.SUBMITTED: _("Nobody changes it; the specialist reads it."),
        Status.RETURNED: _("Open again, with the remarks that ask for something."),
        Status.APPROVED: _("It is in the record and counts in every figure."),
    }
    heads = (_("State"), _("Code"), _("What it means"))
    rows = [(str(one.label), one.value, said[one]) for one in Status]
    return [table(_("States of a submission"), heads, rows)]


def steps(_edition: Edition) -> list[Block]:
    """The table by which buttons and actions go."""
    who = {"director": _("director"), "specialist": _("specialist")}
    lines = [
        (
            str(step.label),
            ", ".join(str(one.label) for one in Status if one in step.sources),
            str(step.target.label),
            who[STEPPERS[step.permission]],
            _("with its reason") if "reason" in step.needs else "–",
        )
        for step in TRANSITIONS
    ]
    heads = (_("Step"), _("From"), _("To"), _("Who"), _("Needs"))
    return [table(_("Steps of a submission"), heads, lines)]


def return_reasons(_edition: Edition) -> list[Block]:
    heads = (_("Reason"), _("Code"))
    rows = [(str(one.label), one.value) for one in ReturnReason]
    return [table(_("Why a submission is returned"), heads, rows)]


def narratives(_edition: Edition) -> list[Block]:
    heads = (_("What is asked"), _("Code"))
    rows = [(str(one.label), one.value) for one in NarrativeTheme]
    return [table(_("Questions of the narrative"), heads, rows)]


def target_states(_edition: Edition) -> list[Block]:
    heads = (_("State"), _("Code"))
    rows = [(str(one.label), one.value) for one in TargetState]
    return [table(_("States of a proposed target"), heads, rows)]


def reasons_of_figures(_edition: Edition) -> list[Block]:
    """Why a figure has no value, why a unit is lost, what is said besides."""
    heads = (_("Reason"), _("Code"))
    return [
        table(
            _("Why a figure has no value"),
            heads,
            [(text.reason(code), code) for code in figures.REASONS],
        ),
        table(
            _("Why a unit is lost to the comparison"),
            heads,
            [(text.missing(code), code) for code in LOST],
        ),
    ]


def measures(_edition: Edition) -> list[Block]:
    """Other measures, marks and intervals of a figure."""
    heads = (_("Words"), _("Code"))
    return [
        table(
            _("Measures of a figure"),
            heads,
            [(text.measure(code), code) for code in figures.MEASURES],
        ),
        table(_("Marks of a figure"), heads, [(text.flag(code), code) for code in figures.FLAGS]),
        table(_("Intervals"), heads, [(text.method(code), code) for code in METHODS]),
    ]


PARTS: dict[str, Callable[[Edition], list[Block]]] = {
    "versions": versions,
    "typologies": typologies,
    "reasons": reasons,
    "sources": sources,
    "doors": doors,
    "memberships": memberships,
    "frequencies": frequencies,
    "states": states,
    "steps": steps,
    "return_reasons": return_reasons,
    "narratives": narratives,
    "target_states": target_states,
    "reasons_of_figures": reasons_of_figures,
    "measures": measures,
    "variables_index": listing.variables_index,
    "indicators_index": listing.indicators_index,
    "rules": listing.rules,
    "checks": listing.checks,
    "forms": forms.blank,
}
