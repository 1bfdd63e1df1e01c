"""What the trail can be narrowed by. Every filter is a plain parameter of the address."""

import datetime as dt

import django_filters as df
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pip_network.audit import verbs
from pip_network.audit.words import WORDS, verbs_of
from pip_network.models import AuditEvent, User
from pip_network.web.filters import CONTROL, choice
from pip_network.web.text import fold, search

DAY = forms.DateInput(attrs={**CONTROL, "type": "date"}, format="%Y-%m-%d")
PEOPLE_AT_ONCE = 200


def groups() -> list[tuple[str, str]]:
    rows = [(noun, str(words)) for noun, words in WORDS().groups.items()]
    return sorted(rows, key=lambda row: fold(row[1]))


class AuditFilter(df.FilterSet):
    person = df.CharFilter(
        label=_("Person"),
        method="by_person",
        widget=forms.TextInput(attrs={**CONTROL, "type": "search", "maxlength": "100"}),
    )
    group = choice(_("Kind of act"), groups, _("Any"), method="of_group")
    on = df.CharFilter(
        label=_("On (its code)"),
        method="about",
        widget=forms.TextInput(attrs={**CONTROL, "maxlength": "120"}),
    )
    since = df.DateFilter(label=_("From"), method="not_before", widget=DAY)
    until = df.DateFilter(label=_("To"), method="not_after", widget=DAY)
    denied = df.BooleanFilter(
        label=_("Only denied attempts"),
        method="only_denied",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    class Meta:
        model = AuditEvent
        fields: tuple[str, ...] = ()

    def by_person(self, queryset: QuerySet, _name: str, text: str) -> QuerySet:
        """A name, an e-mail, `U:12`, or the name of a process."""
        folded = fold(text.strip())
        actors = {
            text.strip(),
            *(key for key, words in WORDS().processes.items() if folded in (key, fold(str(words)))),
        }
        people = search(User.objects.order_by("pk"), text, "folded", "email").values_list(
            "pk", flat=True
        )
        actors.update(f"U:{number}" for number in people[:PEOPLE_AT_ONCE])
        return queryset.filter(actor__in=actors)

    def of_group(self, queryset: QuerySet, _name: str, group: str) -> QuerySet:
        return queryset.filter(verb__in=verbs_of(group))

    def about(self, queryset: QuerySet, _name: str, text: str) -> QuerySet:
        """A key (`P:PIP-01`) or a bare code: what is of that code, and the semesters of a project."""
        key = text.strip()
        matching = Q(object__in=[key, *(f"{kind}:{key}" for kind in WORDS().kinds)])
        for kind in WORDS().parts:
            if ":" not in key or key.startswith(f"{kind}:"):
                matching |= Q(object__startswith=f"{kind}:{key.removeprefix(f'{kind}:')}/")
        return queryset.filter(matching)

    def not_before(self, queryset: QuerySet, _name: str, day: dt.date) -> QuerySet:
        return queryset.filter(at__gte=_midnight(day))

    def not_after(self, queryset: QuerySet, _name: str, day: dt.date) -> QuerySet:
        return (
            queryset.filter(at__lt=_midnight(day + dt.timedelta(days=1)))
            if day < dt.date.max
            else queryset
        )

    def only_denied(self, queryset: QuerySet, _name: str, checked: bool) -> QuerySet:
        return queryset.filter(verb__in=verbs.DENIED) if checked else queryset


def _midnight(day: dt.date) -> dt.datetime:
    """The beginning of the day where the reader is; the first and last days that there are have no
    neighbour.
    """
    day = min(max(day, dt.date(1900, 1, 1)), dt.date(9000, 1, 1))
    return dt.datetime.combine(day, dt.time(), timezone.get_current_timezone())
