"""The list of people and the list of invitations, as pages and as files."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pip_network.models import Invitation, RoleAssignment, User
from pip_network.people.access import ROLE_LABELS, Role
from pip_network.web.tables import Labelled, Moment, PortalTable, by_day, linked

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

STATES = {
    "pending": ("st-sent", _("Waits for an answer")),
    "expired": ("st-late", _("Expired")),
    "accepted": ("st-ok", _("Accepted")),
    "withdrawn": ("st-none", _("Withdrawn")),
}


class HeldRoles(TypedDict):
    """What a list reads along of a person: the roles that she holds today."""

    held: list[RoleAssignment]


ListedPerson: TypeAlias = "WithAnnotations[User, HeldRoles]"


def on_and_off() -> list[tuple[bool, str]]:
    """What is shown of an account."""
    return [(True, _now("On")), (False, _now("Off"))]


class PersonTable(PortalTable):
    name = tables.Column(verbose_name=_("Name"), order_by=("folded", "pk"))
    email = tables.Column(verbose_name=_("E-mail"), attrs={"td": {"class": "break"}})
    roles = tables.Column(
        verbose_name=_("Roles"), accessor="held", orderable=False, empty_values=()
    )
    institution = tables.Column(
        verbose_name=_("Institution"), order_by=("institution__folded", "pk"), default=""
    )
    last_login = Moment(verbose_name=_("Last sign-in"), default="")
    is_active = Labelled(on_and_off, key="pk", verbose_name=_("Account"))

    class Meta(PortalTable.Meta):
        model = User
        fields = ("name", "email", "roles", "institution", "last_login", "is_active")
        order_by = "name"

    def render_name(self, value: str, record: ListedPerson) -> str:
        return linked(record, value)

    def value_name(self, value: str) -> str:
        return value

    def order_last_login(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        return by_day(queryset, "last_login", "pk", descending)

    def render_roles(self, record: ListedPerson) -> str:
        """Projects by their code: their names would fill the table."""
        if not record.held:
            return format_html('<span class="nil">{}</span>', _now("none"))
        return format_html_join("; ", "{}", ((text,) for text in _role_labels(record.held)))

    def value_roles(self, record: ListedPerson) -> str:
        return "; ".join(_role_labels(record.held))

    def render_is_active(self, value: bool) -> str:
        css, label = ("st-ok" if value else "st-none"), dict(on_and_off())[value]
        return format_html('<span class="st {}">{}</span>', css, label)

    def value_is_active(self, value: bool) -> str:
        return dict(on_and_off())[value]


def _role_labels(assignments: Iterable[RoleAssignment]) -> list[str]:
    scopes_by_role: dict[str, list[str]] = {}
    for assignment in assignments:
        scopes_by_role.setdefault(assignment.role, []).append(assignment.scope)
    return [
        str(Role(role).label)
        if any(not scope.startswith(("P:", "N:")) for scope in scopes)
        else f"{Role(role).label} {' '.join(sorted(scope[2:] for scope in scopes))}"
        for role, scopes in scopes_by_role.items()
    ]


class InvitationTable(PortalTable):
    """`at`: now; `scope_labels`: scope -> its name."""

    name = tables.Column(verbose_name=_("Name"), order_by=("folded", "pk"))
    email = tables.Column(verbose_name=_("E-mail"), attrs={"td": {"class": "break"}})
    role = Labelled(lambda: ROLE_LABELS.items(), key="scope", verbose_name=_("Role"))
    sent_at = Moment(verbose_name=_("Sent"))
    expires_at = Moment(verbose_name=_("Good until"))
    state = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False)

    class Meta(PortalTable.Meta):
        model = Invitation
        fields = ("name", "email", "role", "sent_at", "expires_at", "state")
        order_by = "-sent_at"

    def __init__(
        self, *args: Any, at: dt.datetime, scope_labels: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.scope_labels = at, scope_labels

    def render_name(self, value: str, record: Invitation) -> str:
        return linked(record, value)

    def value_name(self, value: str) -> str:
        return value

    def render_role(self, record: Invitation) -> str:
        return format_html(
            "{}<small>{}</small>",
            Role(record.role).label,
            self.scope_labels.get(record.scope, record.scope),
        )

    def value_role(self, record: Invitation) -> str:
        return f"{Role(record.role).label} · {self.scope_labels.get(record.scope, record.scope)}"

    def render_state(self, record: Invitation) -> str:
        css, label = STATES[record.state(self.at)]
        return format_html('<span class="st {}">{}</span>', css, label)

    def value_state(self, record: Invitation) -> str:
        return str(STATES[record.state(self.at)][1])
