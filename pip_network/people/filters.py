"""What the list of people and the list of invitations can be narrowed by."""

import datetime as dt

import django_filters as df
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pip_network.models import Institution, Invitation, RoleAssignment, User
from pip_network.models.invitations import InvitationQuerySet
from pip_network.people.access import ROLE_LABELS
from pip_network.people.searching import PEOPLE
from pip_network.web.days import today
from pip_network.web.filters import choice, search_field
from pip_network.web.text import Searched

ROLES = [(role.value, label) for role, label in ROLE_LABELS.items()]
NONE = "none"
SIGNED = [("30", _("In the last 30 days")), ("old", _("Not for 90 days")), ("never", _("Never"))]


def institutions_with_people() -> list[tuple[int, str]]:
    institutions = (
        Institution.objects.current()
        .filter(people__isnull=False)
        .distinct()
        .order_by("folded", "pk")
    )
    return list(institutions.values_list("pk", "name"))


class PersonFilter(df.FilterSet):
    q = search_field(PEOPLE, label=_("Name, e-mail or institution"))
    role = choice(_("Role"), [*ROLES, (NONE, _("None"))], _("All roles"), method="with_role")
    institution = choice(_("Institution"), institutions_with_people, _("All institutions"))
    state = choice(
        _("Account"), [("on", _("On")), ("off", _("Off"))], _("All accounts"), method="with_state"
    )
    signed = choice(_("Last sign-in"), SIGNED, _("Any day"), method="signed_in")

    class Meta:
        model = User
        fields = ()

    def with_role(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        held = RoleAssignment.objects.current(today()).filter(person=OuterRef("pk"))
        return queryset.filter(~Exists(held) if value == NONE else Exists(held.filter(role=value)))

    def with_state(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(is_active=value == "on")

    def signed_in(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        now = timezone.now()
        return queryset.filter(
            {
                "30": Q(last_login__gte=now - dt.timedelta(days=30)),
                "old": Q(last_login__lt=now - dt.timedelta(days=90)),
                "never": Q(last_login__isnull=True),
            }[value]
        )


class InvitationFilter(df.FilterSet):
    q = search_field(Searched(("folded", "email")), label=_("Name or e-mail"))
    role = choice(_("Role"), ROLES, _("All roles"))
    state = choice(
        _("State"),
        [
            ("pending", _("Waits for an answer")),
            ("expired", _("Expired")),
            ("accepted", _("Accepted")),
            ("withdrawn", _("Withdrawn")),
        ],
        _("All states"),
        method="with_state",
    )

    class Meta:
        model = Invitation
        fields = ()

    def with_state(self, queryset: InvitationQuerySet, _name: str, value: str) -> QuerySet:
        now = timezone.now()
        return {
            "pending": queryset.open().filter(expires_at__gt=now),
            "expired": queryset.open().filter(expires_at__lte=now),
            "accepted": queryset.filter(accepted_at__isnull=False),
            "withdrawn": queryset.filter(withdrawn_at__isnull=False),
        }[value]
