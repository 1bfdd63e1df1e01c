"""A table that can be imported and exported: django-import-export's resource, set-based, saving
through actions only.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import tablib
from django.db import IntegrityError, models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.results import Result, RowResult

from pip_network import audit
from pip_network.files.incoming import Cell, Fault
from pip_network.models import User
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.errors import Conflict, DomainError, Invalid
from pip_network.web.text import fold

from .columns import Column
from .plan import Plan, PlannedRow, Status

IMPORT_TYPES = {
    Status.NEW: RowResult.IMPORT_TYPE_NEW,
    Status.CHANGED: RowResult.IMPORT_TYPE_UPDATE,
    Status.UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
    Status.CONFLICT: RowResult.IMPORT_TYPE_INVALID,
    Status.REFUSED: RowResult.IMPORT_TYPE_INVALID,
}
TRIES = (
    6  # how many times the whole table may be rehearsed while looking for the rows that are refused
)


class TableResource(resources.Resource):
    """A room gives `model`, `columns`, `key` (the columns that find a row) and `save`, which calls
    the room's actions.

    Where the general ones do not do: `find` (which row of the database each line is), `check` (more
    reasons to refuse a line), `needs_rehearsal` (whether saving is tried out for the preview),
    `with_related` (what an export reads along).
    """

    model: ClassVar[type[models.Model]]
    columns: ClassVar[tuple[Column, ...]]
    key: ClassVar[tuple[str, ...]]
    permission: ClassVar[Permission] = Permission.MANAGE_REGISTRY
    explanation: ClassVar[Any] = ""  # for the page where the file is chosen

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.named: dict[str, Column] = {}
        for column in self.columns:
            column.model = self.model
            self.named[column.name] = column
            self.fields[column.name] = fields.Field(
                attribute=column.attribute, column_name=column.name
            )

    @classmethod
    def get_display_name(cls) -> str:
        return str(cls.model._meta.verbose_name_plural)

    @classmethod
    def table(cls) -> str:
        return cls.model._meta.label_lower

    # --- out

    def get_queryset(self):
        return self.model._default_manager.all()

    def get_export_order(self) -> list[str]:
        return [column.name for column in self.columns]

    def get_export_headers(self, selected_fields=None) -> list[str]:
        return [column.label for column in self.columns]

    def export_resource(self, instance, selected_fields=None, **kwargs: Any) -> list[Any]:
        return [column.written(column.value_of(instance)) for column in self.columns]

    def iter_queryset(self, queryset):
        yield from self.with_related(queryset).iterator(chunk_size=2000)

    def with_related(self, queryset):
        """What `value_of` of the columns reads, in as few queries as possible."""
        return queryset

    # --- in: what the room gives

    def find(self, rows: Sequence[PlannedRow]) -> None:
        """Give each row the instance it is about, if the registry has it. Set-based."""
        (name,) = self.key
        wanted = {row.values[name] for row in rows if row.values.get(name)}
        found = {
            getattr(one, name): one
            for one in self.with_related(self.get_queryset()).filter(**{f"{name}__in": wanted})
        }
        for row in rows:
            row.instance = found.get(row.values.get(name))

    def check(self, rows: Sequence[PlannedRow], *, at: dt.datetime) -> None:
        """Refuse what the room's rules refuse, row by row and set-based; the rehearsal asks the
        actions the rest.
        """

    def needs_rehearsal(self, row: PlannedRow) -> bool:
        """False where `check` has already asked all that the action will: large tables are then
        written once, not twice.
        """
        return True

    def save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        """Store rows that are new or changed, through the room's actions.

        Raises DomainError, and stores nothing then.
        """
        raise NotImplementedError

    # --- in: one way for all

    def plan(
        self,
        cells: Sequence[Sequence[Cell]],
        *,
        by: User,
        at: dt.datetime,
        faults: Iterable[Fault] = (),
        rehearse: bool = True,
    ) -> Plan:
        """What these rows (the first one their headings) would do, as of now. Nothing is stored.

        Without `rehearse` the actions are not asked: for whoever confirms at once what was
        rehearsed before.

        Raises Invalid when the headings do not make a table of this kind, Forbidden.
        """
        access.require(by, self.permission, refusal=_("You may not change this table."))
        heading, *rest = cells or [[]]
        places = self._places(heading)
        for column, _place in places:
            column.prepare()
        wrong: dict[int, list[str]] = defaultdict(list)
        for fault in faults:
            wrong[fault.row].append(str(fault))
        if 1 in wrong:
            raise Invalid(wrong[1][0], place="file")
        rows = [
            self._read(number, row, places, wrong.get(number, []))
            for number, row in enumerate(rest, 2)
            if number in wrong or any(cell is not None for cell in row)
        ]
        if not rows:
            raise Invalid(_("The table has headings but no rows."), place="file")
        given = [column for column, _place in places]
        sound = [row for row in rows if not row.reasons]
        self.find(sound)
        for row in sound:
            self._compare(row, given)
        self._only_once(sound)
        self.check([row for row in rows if not row.reasons], at=at)
        if rehearse:
            changing = [row for row in rows if row.status in (Status.NEW, Status.CHANGED)]
            self._rehearse([row for row in changing if self.needs_rehearsal(row)], by=by, at=at)
        return Plan(rows, given)

    def import_data(self, dataset: tablib.Dataset, dry_run: bool = False, **kwargs: Any) -> Result:
        """The library's entry: the same plan, and unless `dry_run`, the same confirmation."""
        cells = [
            dataset.headers,
            *([cell if cell != "" else None for cell in row] for row in dataset),
        ]
        by, at = kwargs["user"], kwargs["at"]
        plan = self.plan(cells, by=by, at=at, faults=kwargs.get("faults", ()))
        if not dry_run and plan.can_be_stored:
            self.confirm(plan, by=by, at=at)
        return self.result(plan)

    @transaction.atomic
    def confirm(self, plan: Plan, *, by: User, at: dt.datetime, **details: Any) -> None:
        """Store all of a plan, or nothing.

        Raises Invalid for a plan with refused rows, Conflict, Forbidden.
        """
        access.require(by, self.permission, refusal=_("You may not change this table."))
        if not plan.can_be_stored:
            raise Invalid(_("Nothing is stored unless every row can be."))
        counts = {status.value: count for status, count in plan.counts.items() if count}
        audit.record(
            verb="import.confirmed", on=f"T:{self.table()}", by=by, at=at, rows=counts, **details
        )
        self._save(plan.to_store, by=by, at=at)

    def result(self, plan: Plan) -> Result:
        """The plan in the library's words."""
        result = Result()
        result.total_rows = len(plan.rows)
        for row in plan.rows:
            told = RowResult()
            told.import_type = IMPORT_TYPES[row.status]
            result.rows.append(told)
            result.totals[told.import_type] += 1
        return result

    def _save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        try:
            with transaction.atomic():
                self.save(rows, by=by, at=at)
        except IntegrityError as error:  # somebody else was first, between our look and our write
            raise Conflict(
                _(
                    "Somebody changed the registry at the same moment: look at the file's preview "
                    "again."
                )
            ) from error

    def _places(self, heading: Sequence[Cell]) -> list[tuple[Column, int]]:
        known = {word: column for column in self.columns for word in column.headings()}
        found: dict[str, tuple[Column, int]] = {}
        for place, cell in enumerate(heading):
            if cell is None:
                continue
            column = known.get(fold(str(cell).strip()))
            if column is None:
                raise Invalid(
                    _("The heading «%(heading)s» is not known. Known are: %(known)s.")
                    % {
                        "heading": str(cell)[:60],
                        "known": ", ".join(each.label for each in self.columns),
                    },
                    place="file",
                )
            if column.name in found:
                raise Invalid(
                    _("The heading «%(heading)s» stands twice.") % {"heading": column.label},
                    place="file",
                )
            found[column.name] = (column, place)
        absent = [
            column.label
            for column in self.columns
            if column.name in self.key and column.name not in found
        ]
        if absent:
            raise Invalid(
                _("A column is missing: %(columns)s.") % {"columns": ", ".join(absent)},
                place="file",
            )
        return list(found.values())

    def _read(
        self, number: int, cells: Sequence[Cell], places: list[tuple[Column, int]], wrong: list[str]
    ) -> PlannedRow:
        row = PlannedRow(number, reasons=list(wrong))
        for column, place in places:
            cell = cells[place] if place < len(cells) else None
            if cell is None or cell == "":
                row.values[column.name] = column.blank()
                if column.required and not wrong:
                    row.refuse(_("%(column)s: it cannot be blank.") % {"column": column.label})
                continue
            try:
                row.values[column.name] = column.read(cell)
            except ValueError as error:
                shown = str(cell)[:60]
                row.refuse(
                    _("%(column)s («%(value)s»): %(rule)s")
                    % {"column": column.label, "value": shown, "rule": error}
                )
        row.key = " · ".join(filter(None, (self._word(row, name) for name in self.key)))
        return row

    def _word(self, row: PlannedRow, name: str) -> str:
        value = row.values.get(name)
        return str(self.named[name].written(value)) if value is not None else ""

    def _compare(self, row: PlannedRow, given: Sequence[Column]) -> None:
        if row.instance is None:
            names = {column.name for column in given}
            for column in self.columns:
                if column.required and column.name not in names:
                    row.refuse(
                        _("A new row needs the column: %(column)s.") % {"column": column.label}
                    )
            row.changes = {
                column.name: (column.blank(), row.values[column.name])
                for column in given
                if row.values[column.name] != column.blank()
            }
            return
        for column in given:
            old, new = column.value_of(row.instance), row.values[column.name]
            if old == new:
                continue
            row.changes[column.name] = (old, new)
            if column.fixed and column.name not in self.key:
                row.refuse(
                    _("%(column)s: it is «%(old)s» and does not change by import.")
                    % {"column": column.label, "old": column.shown(old)}
                )

    def _only_once(self, rows: Sequence[PlannedRow]) -> None:
        seen: dict[Any, int] = {}
        for row in rows:
            about = (
                row.instance.pk
                if row.instance is not None
                else tuple(row.values.get(name) for name in self.key)
            )
            if row.instance is None and not any(about):
                continue
            first = seen.setdefault((row.instance is not None, about), row.number)
            if first != row.number:
                row.refuse(
                    _("Row %(row)s says something about the same already.") % {"row": first},
                    conflict=True,
                )

    def _rehearse(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        """Let the actions do it all and undo it; where they refuse, halve until the rows that they
        refuse are found.
        """
        left = TRIES * len(rows) + 200
        parts = [list(rows)] if rows else []
        with transaction.atomic():
            while parts:
                part = parts.pop()
                left -= len(part)
                try:
                    self._save(part, by=by, at=at)
                except DomainError as error:
                    if len(part) == 1 or left < 0:
                        part[0].refuse_for(error)
                        continue
                    middle = len(part) // 2
                    parts += [part[middle:], part[:middle]]
            transaction.set_rollback(True)

    def described(self) -> list[dict[str, Any]]:
        """The columns, for the page where the file is chosen."""
        return [
            {
                "label": column.label,
                "name": column.name,
                "needed": column.required or column.name in self.key,
                "said": capfirst(column.help or column.said()),
            }
            for column in self.columns
        ]
