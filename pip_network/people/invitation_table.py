"""Invitations from a list: each row one letter."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network.files.importing import Choice, Code, Column, PlannedRow, TableResource, Text
from pip_network.files.incoming import Cell, values
from pip_network.folding import fold
from pip_network.models import Invitation, User
from pip_network.people import invitations, scopes
from pip_network.people.access import EVERYWHERE, Permission, Role


class Email(Text):
    """An address for letters, in small letters as accounts have it."""

    def read(self, cell: Cell) -> str:
        address = super().read(cell).lower()
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        return address


class Scope(Column):
    """Where a role is held: the code of a project or network, the identifier of an institution; blank
    is the whole network. `P:` before a code says that it is a project's, where others have it too.
    """

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(name, **options)
        self.known: dict[str, str] = {}

    def blank(self) -> str:
        return EVERYWHERE

    def prepare(self) -> None:
        held = scopes.by_code()
        often = Counter(fold(code) for code, _scope in held)
        self.known = {fold(code): scope for code, scope in held if often[fold(code)] == 1}
        self.known |= {fold(scope): scope for _code, scope in (*held, ("", EVERYWHERE))}

    def read(self, cell: Cell) -> str:
        scope = self.known.get(fold(values.text_of(cell).strip()))
        if scope is None:
            raise ValueError(_("No project, network or institution has this code."))
        return scope

    def shown(self, value: str) -> str:
        return scopes.label(value)

    def accepted(self) -> str:
        return _(
            "The code of a project or network, or the identifier of an institution; blank for the "
            "whole network"
        )


class InvitationResource(TableResource):
    model = Invitation
    key = ("email",)
    permission = Permission.MANAGE_PEOPLE
    columns = (
        Email("email", required=True, fixed=True),
        Text("name", required=True, fixed=True),
        Choice("role", [(role.value, role.label) for role in Role], required=True, fixed=True),
        Scope("scope", fixed=True),
        Code("institution", scopes.institutions, key="slug", fixed=True),
        Choice("language", settings.LANGUAGES, default="es", fixed=True),
        Text("reason", required=True, fixed=True),
    )
    explanation = gettext_lazy(
        "Each row is one person and one letter, which is sent when the file is confirmed. Whoever "
        "has an open invitation already gets no second letter; the page of the invitation sends "
        "it again."
    )

    def get_queryset(self) -> QuerySet[Invitation]:
        return Invitation.objects.open()

    def with_related(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("institution")

    def check(self, rows: Sequence[PlannedRow[Invitation]], *, at: dt.datetime) -> None:
        """Said of all rows at once; the action says it again."""
        new = [row for row in rows if row.instance is None]
        addresses = {row.values["email"] for row in new}
        known = set(User.objects.filter(email__in=addresses).values_list("email", flat=True))
        for row in new:
            if row.values["email"] in known:
                row.refuse(_("This address has an account: give the role there."), conflict=True)

    def save(self, rows: Sequence[PlannedRow[Invitation]], *, by: User, at: dt.datetime) -> None:
        for row in rows:
            given: dict[str, Any] = {
                column.name: row.values.get(column.name, column.blank()) for column in self.columns
            }
            role = Role(given.pop("role"))
            invitations.invite(role=role, **given, by=by, at=at)
