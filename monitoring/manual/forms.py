"""Forms to fill in by hand, where there is neither line nor computer."""

from django.utils.translation import gettext as _

from monitoring.choices import Level, SetBy
from monitoring.manual.blocks import Block, Column, Heading, Table
from monitoring.manual.edition import Edition
from monitoring.models import Variable

# Who fills one in writes this above it.
HEADS = {
    Level.FIRM: "form-firm",
    Level.NETWORK: "form-network",
    Level.PROJECT: "form-project",
}


def blank(edition: Edition) -> list[Block]:
    """One form for each level: what is asked of it, and room for the answer or the reason."""
    titles = {
        Level.FIRM: _("Form of a firm"),
        Level.NETWORK: _("Form of a network"),
        Level.PROJECT: _("Form of a project"),
    }
    made: list[Block] = []
    for level in Level:
        asked = [
            row for row in edition.variables if row.level == level and row.set_by == SetBy.DIRECTOR
        ]
        made += [Heading(titles[level], HEADS[level]), _about(level), _form(asked)]
    return made


def _about(level: Level) -> Table:
    """Of whom, when, by whom."""
    lines = [_("Project"), _("Round"), _("Name"), _("Asked on"), _("Asked by")]
    if level != Level.PROJECT:
        lines.insert(3, _("Joined or constituted on"))
    columns = (Column(_("Of whom")), Column(_("To fill in")))
    return Table(_("Of whom"), columns, tuple((line, "") for line in lines), blank=True)


def _form(asked: list[Variable]) -> Table:
    columns = (
        Column(_("Variable")),
        Column(_("Unit")),
        Column(_("Frequency")),
        Column(_("Baseline")),
        Column(_("This round")),
        Column(_("If there is no value: why")),
    )
    rows = tuple(
        (
            f"{row.name} *" if row.core else row.name,
            str(row.unit),
            str(row.get_frequency_display()),
            "" if row.asked_at_baseline and row.level != Level.PROJECT else "–",
            "",
            "",
        )
        for row in asked
    )
    return Table(_("What is asked (* core: a value or a reason)"), columns, rows, blank=True)
