"""The step between a file and its preview, for a file with headings that could mean several
columns: its rows wait while somebody says which is meant.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from pip_network.files.incoming import Cell, Fault, column_letters
from pip_network.models import User

from . import previews
from .headings import OpenHeading, headings_as_chosen
from .previews import Waiting

LEFT_OUT = "-"


class Read(NamedTuple):
    """What was read of a file: its rows, and what the preview says of it."""

    rows: list[list[Cell]]
    faults: list[Fault]
    digest: str
    name: str  # of the file
    sheet: str
    read_as: str
    told: list[str]


class HeadingsForm(forms.Form):
    """One choice for each open heading; none is made beforehand."""

    def __init__(
        self, headings: Sequence[OpenHeading], waiting: str, data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        self.fields["headings_of"] = forms.CharField(initial=waiting, widget=forms.HiddenInput)
        for heading in headings:
            columns = [(column.name, column.label) for column in heading.columns]
            self.fields[f"column_{heading.place}"] = forms.ChoiceField(
                label=_("Column %(letters)s: «%(heading)s»")
                % {"letters": column_letters(heading.place + 1), "heading": heading.text},
                choices=[("", "---------"), *columns, (LEFT_OUT, _("Leave this column out"))],
            )

    def chosen(self) -> dict[int, str]:
        """Place and column; blank for one that is left out."""
        return {
            int(name.removeprefix("column_")): "" if value == LEFT_OUT else value
            for name, value in self.cleaned_data.items()
            if name.startswith("column_")
        }


def keep(read: Read, *, table: str, by: User, at: dt.datetime) -> str:
    """Let what was read wait for the choice; returns the name to go on by."""
    notes = {
        "file": read.name,
        "sheet": read.sheet,
        "read_as": read.read_as,
        "told": read.told,
        "faults": [asdict(fault) for fault in read.faults],
    }
    return previews.keep(
        read.rows,
        table=table,
        digest=read.digest,
        fingerprint="",  # nothing was planned: it cannot be confirmed
        notes=notes,
        by=by,
        at=at,
    )


def kept(waiting: Waiting) -> Read:
    notes: dict[str, Any] = waiting.notes
    return Read(
        waiting.rows,
        [Fault(**fault) for fault in notes["faults"]],
        waiting.digest,
        notes["file"],
        notes["sheet"],
        notes["read_as"],
        notes["told"],
    )


def with_columns(read: Read, chosen: dict[int, str]) -> Read:
    """What was read, with the chosen names for headings; what is left out is blank."""
    heading, left_out = headings_as_chosen(read.rows[0], chosen)
    rows = [
        [None if place in left_out else cell for place, cell in enumerate(row)]
        for row in read.rows[1:]
    ]
    return read._replace(rows=[heading, *rows])
