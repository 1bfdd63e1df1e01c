"""A table that can be imported and exported: django-import-export's resource, set-based, saving
through actions only.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, ClassVar

import tablib
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.results import Result, RowResult

from pip_network import audit
from pip_network.files.incoming import Cell, Fault
from pip_network.models import User
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.errors import Conflict, Invalid

from .columns import Column
from .headings import Places, places_of
from .plan import Plan, PlannedRow, Status
from .rehearsal import rehearse as rehearse_saving
from .rows import compare, key_of, read_row, refuse_repeated

IMPORT_TYPES = {
    Status.NEW: RowResult.IMPORT_TYPE_NEW,
    Status.CHANGED: RowResult.IMPORT_TYPE_UPDATE,
    Status.UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
    Status.CONFLICT: RowResult.IMPORT_TYPE_INVALID,
    Status.REFUSED: RowResult.IMPORT_TYPE_INVALID,
}


class TableResource(resources.Resource):
    """A room gives `model`, `columns`, `key` (the columns that find a row) and `save`, which calls
    the room's actions.

    Where the general ones do not do: `find` (which row of the database each line is), `fill_blanks`
    (what blank cells stand for), `check` (more reasons to refuse a line), `needs_rehearsal` (whether
    saving is tried out for the preview), `with_related` (what an export reads along).
    """

    model: ClassVar[type[models.Model]]
    columns: ClassVar[tuple[Column, ...]]
    key: ClassVar[tuple[str, ...]]
    permission: ClassVar[Permission] = Permission.MANAGE_REGISTRY
    explanation: ClassVar[Any] = ""  # for the page where the file is chosen

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for column in self.columns:
            column.model = self.model
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

    def get_queryset(self) -> models.QuerySet:
        return self.model._default_manager.all()

    def get_export_order(self) -> list[str]:
        return [column.name for column in self.columns]

    def get_export_headers(self, selected_fields: object = None) -> list[str]:
        return [column.label for column in self.columns]

    def export_resource(
        self, instance: models.Model, selected_fields: object = None, **kwargs: Any
    ) -> list[Any]:
        return [column.written(column.value_of(instance)) for column in self.columns]

    def iter_queryset(self, queryset: models.QuerySet) -> Iterator[models.Model]:
        yield from self.with_related(queryset).iterator(chunk_size=2000)

    def with_related(self, queryset: models.QuerySet) -> models.QuerySet:
        """What `value_of` of the columns reads, in as few queries as possible."""
        return queryset

    # --- in: what the room gives

    def find(self, rows: Sequence[PlannedRow]) -> None:
        """Give each row the instance it is about, if the registry has it. Set-based."""
        (name,) = self.key
        wanted = {row.values[name] for row in rows if row.values.get(name)}
        queryset = self.with_related(self.get_queryset()).filter(**{f"{name}__in": wanted})
        instances = {getattr(instance, name): instance for instance in queryset}
        for row in rows:
            row.instance = instances.get(row.values.get(name))

    def fill_blanks(self, rows: Sequence[PlannedRow]) -> None:
        """Give blank cells the value they stand for, where the action would: the preview compares
        and shows what will be stored.
        """

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
        sheet: str | None = None,
        rehearse: bool = True,
    ) -> Plan:
        """What these rows (the first one their headings) would do, as of now. Nothing is stored.

        `sheet`: the name of the sheet they stand in, for rows of a file; a text has none.
        Without `rehearse` the actions are not asked: for whoever confirms at once what was
        rehearsed before.

        Raises Invalid when the headings do not make a table of this kind, Forbidden.
        """
        access.require(by, self.permission, refusal=_("You may not change this table."))
        heading, *rest = cells or [[]]
        places = self.columns_of(heading)
        rows = self._read(rest, places, faults, sheet)
        sound = [row for row in rows if not row.reasons]
        given = [column for column, _place in places]
        self.find(sound)
        self.fill_blanks(sound)
        for row in sound:
            compare(row, given, self.columns, self.key)
        refuse_repeated(sound, self.key)
        self.check([row for row in rows if not row.reasons], at=at)
        if rehearse:
            changing = [row for row in rows if row.status in (Status.NEW, Status.CHANGED)]
            rehearse_saving(
                [row for row in changing if self.needs_rehearsal(row)],
                partial(self._save, by=by, at=at),
            )
        return Plan(rows, given)

    def columns_of(self, heading: Sequence[Cell]) -> Places:
        """Which column stands where. Raises Invalid; Ambiguous where that must be asked."""
        return places_of(heading, self.columns, self.key)

    def _read(
        self,
        cells: Sequence[Sequence[Cell]],
        places: Places,
        faults: Iterable[Fault],
        sheet: str | None,
    ) -> list[PlannedRow]:
        """The rows below the headings that hold something."""
        for column, _place in places:
            column.prepare()
        reasons: dict[int, list[str]] = defaultdict(list)
        for fault in faults:
            reasons[fault.row].append(str(fault))
        if 1 in reasons:
            raise Invalid(reasons[1][0], place="file")
        rows = [
            read_row(number, row, places, reasons.get(number, []), sheet)
            for number, row in enumerate(cells, 2)
            if number in reasons or any(cell is not None for cell in row)
        ]
        if not rows:
            raise Invalid(_("The table has headings but no rows."), place="file")
        key = [column for name in self.key for column in self.columns if column.name == name]
        for row in rows:
            row.key = key_of(row, key)
        return rows

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
            row_result = RowResult()
            row_result.import_type = IMPORT_TYPES[row.status]
            result.rows.append(row_result)
            result.totals[row_result.import_type] += 1
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

    def described(self) -> list[dict[str, Any]]:
        """The columns, for the page where the file is chosen."""
        return [
            {
                "label": column.label,
                "name": column.name,
                "needed": column.required or column.name in self.key,
                "accepted": column.help or column.accepted(),
            }
            for column in self.columns
        ]
