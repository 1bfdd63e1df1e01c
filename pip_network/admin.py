"""The administration's rooms for what the ground floor keeps: institutions, people, roles, mail,
jobs, the trail.
"""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pip_network.administration.archived import ArchivedFilter
from pip_network.administration.rooms import ReadOnly, ThroughActions
from pip_network.administration.site import site
from pip_network.audit.words import WORDS, of_verb
from pip_network.files.importing.admin import ImportsAndExports
from pip_network.jobs import outbox
from pip_network.models import AuditEvent, Institution, Invitation, Job, Mail, RoleAssignment, User
from pip_network.people import institutions, scopes
from pip_network.people.access import Permission
from pip_network.people.invitation_table import InvitationResource
from pip_network.people.resources import InstitutionResource
from pip_network.people.searching import INSTITUTIONS, PEOPLE, Called
from pip_network.running.logs import without_keys
from pip_network.web.acts import Act, carry_out
from pip_network.web.text import How

PEOPLE_AT_ONCE = 200
ACTS = Called(lambda: WORDS().verbs, of_verb)


def by_name(word: str, how: How) -> Q:
    """Acts of who is called so."""
    people = User.objects.filter(PEOPLE.having(User, [word], how)).order_by("pk")
    keys = people.values_list("pk", flat=True)[:PEOPLE_AT_ONCE]
    return Q(actor__in=[f"U:{key}" for key in keys])


def of_kind(word: str, how: How) -> Q:
    """Acts that are called so, in any of the languages."""
    return Q(verb__in=ACTS.by(word, how))


@admin.register(AuditEvent, site=site)
class AuditEventAdmin(ReadOnly):
    purpose = _(
        "Everything that was done, row by row. The page Audit trail searches and explains it."
    )
    list_display = ("at", "actor", "act", "object")
    search_fields: ClassVar = ["object", "actor", "request_id"]
    search_meanings = (by_name, of_kind)
    show_full_result_count = False

    @admin.display(description=_("act"), ordering="verb")
    def act(self, row: AuditEvent) -> str | Promise:
        return of_verb(row.verb)


@admin.register(Institution, site=site)
class InstitutionAdmin(ImportsAndExports, ThroughActions):
    purpose = _(
        "Members, funders and related institutions: correct one here, or bring the whole table "
        "from a file."
    )
    resource_classes: ClassVar = [InstitutionResource]
    list_display = ("name", "iso2", "country", "relation", "origin", "archived_at")
    list_filter: ClassVar = [ArchivedFilter, "relation", "origin"]
    show_full_result_count = False  # it would count what is archived
    search_fields, search_meanings = INSTITUTIONS
    fields: ClassVar = list(institutions.EDITABLE)

    def add(self, *, by: User, at: dt.datetime, **values: Any) -> Institution:
        return institutions.create_institution(**values, by=by, at=at)

    def change(self, *, row: Any, by: User, at: dt.datetime, **changes: Any) -> Institution:
        return institutions.update_institution(institution=row, **changes, by=by, at=at)

    def history_key(self, obj: Any) -> str:
        return f"I:{obj.pk}"


@admin.register(Invitation, site=site)
class InvitationAdmin(ImportsAndExports, ReadOnly):
    """Its fields are named one by one: the key of a letter is known to the letter alone."""

    purpose = _("Letters that open an account, each once: invite people here from a list.")
    resource_classes: ClassVar = [InvitationResource]
    list_display = ("name", "email", "role", "sent_at", "expires_at", "accepted_at", "withdrawn_at")
    list_filter: ClassVar = ["role"]
    search_fields: ClassVar = ["email", "folded"]
    fields: ClassVar = [
        "name",
        "email",
        "institution",
        "language",
        "role",
        "reason",
        "sent_at",
        "sent_by",
        "expires_at",
        "accepted_at",
        "accepted_by",
        "withdrawn_at",
    ]

    def history_key(self, obj: Any) -> str:
        return f"invitation:{obj.pk}"


@admin.register(Job, site=site)
class JobAdmin(ReadOnly):
    purpose = _("Work that the portal does in the background, and what became of it.")
    list_display = ("requested_at", "kind", "status", "attempts", "finished_at")
    list_filter: ClassVar = ["status", "kind"]


class StateOfMail(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(outbox.STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        state = self.value()
        if state is None or state not in outbox.STATES:
            return queryset
        return queryset.filter(pk__in=outbox.in_state(state, timezone.now()).values("pk"))


RETRY = Act(
    name="admin:pip_network_mail_retry",
    label=_("Send again"),
    at_once=True,
    permission=Permission.MANAGE_PEOPLE,
    when=lambda mail: not outbox.why_not_again(mail, timezone.now()),
    action=outbox.retry_mail,
    message=_("The message is on its way again."),
)


@admin.register(Mail, site=site)
class MailAdmin(ReadOnly):
    purpose = _("Every letter that the portal wrote. What was given up can be sent again.")
    list_display = ("created_at", "to", "kind", "subject", "state", "attempts", "reason", "again")
    list_filter: ClassVar = [StateOfMail, "kind"]
    search_fields: ClassVar = ["to", "folded"]
    exclude: ClassVar = ["body", "headers"]
    readonly_fields: ClassVar = ["state", "text", "header_lines"]
    change_form_template = "admin/mail.html"

    def get_urls(self) -> list[URLPattern]:
        retry = self.admin_site.admin_view(require_POST(self.retry))
        return [
            path("<path:object_id>/retry/", retry, name="pip_network_mail_retry"),
            *super().get_urls(),
        ]

    def retry(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Send again, by the action; back to where the button was."""
        mail = self.get_object(request, unquote(object_id))
        if mail is None:
            raise Http404
        back = reverse("admin:pip_network_mail_change", args=[mail.pk])
        if request.GET.get("from") == "list":
            back = reverse("admin:pip_network_mail_changelist") + "?state=failed"
        return carry_out(request, RETRY, {"mail": mail}, after=back, back=back)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["refusal"] = outbox.why_not_again(obj, timezone.now())
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("state"))
    def state(self, mail: Mail) -> str | Promise:
        return outbox.STATES[outbox.state_of(mail, timezone.now())]

    @admin.display(description=_("reason"))
    def reason(self, mail: Mail) -> str:
        return mail.error[:200]

    @admin.display(description=_("again"))
    def again(self, mail: Mail) -> str:
        """A button of the form that the list is."""
        if outbox.state_of(mail, timezone.now()) != "failed":
            return ""
        return format_html(
            '<button class="button" type="submit" formaction="{}?from=list">{}<span '
            'class="visually-hidden">: {}</span></button>',
            reverse("admin:pip_network_mail_retry", args=[mail.pk]),
            _("Send again"),
            mail,
        )

    @admin.display(description=_("body"))
    def text(self, mail: Mail) -> str:
        return without_keys(mail.body)

    @admin.display(description=_("headers"))
    def header_lines(self, mail: Mail) -> str:
        return without_keys("\n".join(": ".join(pair) for pair in mail.headers.items()))


class OnThePageOfAPerson(ReadOnly):
    """Looked up here, changed by the actions of the people's rooms."""

    readonly_fields: ClassVar = ["page"]
    view_on_site = False

    def person(self, obj: Any) -> User:
        return obj

    @admin.display(description=_("changed on"))
    def page(self, obj: Any) -> str:
        person = self.person(obj)
        return format_html(
            '<a href="{}">{}</a>',
            person.get_absolute_url(),
            _("Page of %(name)s") % {"name": person},
        )


class WithPlaces(ChangeList):
    """The names of all places are read once, not once a row."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        names = scopes.labels()
        for row in self.result_list:
            row.place_label = names.get(row.scope)


@admin.register(RoleAssignment, site=site)
class RoleAssignmentAdmin(OnThePageOfAPerson):
    purpose = _("Who holds or held which role. Given and ended on the page of the person.")
    list_display = ("person", "role", "place", "since", "until", "page")
    list_filter: ClassVar = ["role"]
    list_select_related: ClassVar = ["person"]
    readonly_fields: ClassVar = ["page", "place"]
    exclude: ClassVar = ["scope"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WithPlaces

    @admin.display(description=_("where"), ordering="scope")
    def place(self, row: RoleAssignment) -> str:
        return getattr(row, "place_label", None) or scopes.label(row.scope)

    def person(self, obj: RoleAssignment) -> User:
        return obj.person

    def history_key(self, obj: Any) -> str:
        return f"U:{obj.person_id}"


@admin.register(User, site=site)
class UserAdmin(OnThePageOfAPerson):
    """Its fields are named one by one: nothing secret that comes to the table comes here by itself."""

    purpose = _("Who has an account. Changed on the page of the person.")
    list_display = ("name", "email", "institution", "is_active", "last_login", "page")
    list_select_related: ClassVar = ["institution"]
    search_fields, search_meanings = PEOPLE
    fields: ClassVar = [
        "page",
        "name",
        "email",
        "institution",
        "language",
        "time_zone",
        "is_active",
        "off_since",
        "off_reason",
        "is_staff",
        "is_superuser",
        "is_demo",
        "date_joined",
        "last_login",
    ]

    def history_key(self, obj: Any) -> str:
        return f"U:{obj.pk}"
