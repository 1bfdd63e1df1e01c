"""What the rooms of the administration are made of: to look up only, or written through actions."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pip_network import audit
from pip_network.administration import facts
from pip_network.administration.site import may_administer
from pip_network.audit.objects import value_label
from pip_network.models import User
from pip_network.people.access import Permission, can
from pip_network.web.acts import put_refusal
from pip_network.web.columns import column_of
from pip_network.web.edits import require_unchanged
from pip_network.web.errors import DomainError
from pip_network.web.locks import for_update
from pip_network.web.stamps import stamp_of
from pip_network.web.text import Meaning, search, search_few


class ReadOnly(admin.ModelAdmin):
    """To look something up; every change has its own action elsewhere.

    `purpose` says on the index what the room holds and where it is changed.
    """

    purpose: Any = ""
    few = False  # whether it is of some hundred rows, which are searched as they are
    search_meanings: tuple[Meaning, ...] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """As every search of the portal: capitals, accents and apostrophes forgiven."""
        if self.few:
            return search_few(queryset, search_term, *self.search_fields), False
        named = self.search_meanings
        return search(queryset, search_term, *self.search_fields, named=named), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Titled by what the list holds."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def around(self, request: HttpRequest, **about: Any) -> dict[str, Any]:
        """What a page of ours says, with what stands around every page of the administration."""
        request.current_app = self.admin_site.name
        return {**self.admin_site.each_context(request), "opts": self.opts, **about}

    @property
    def media(self) -> forms.Media:
        """No jQuery: no form here needs it, and it writes inline styles that our policy refuses."""
        return forms.Media(js=["admin/js/core.js"])

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the filters of the list ask: by its address a list would tell, letter by
        letter, what no page shows (a hash of a password, the key in a letter).
        """
        name, _mark, operators = lookup.partition("__")
        named = [entry[0] if isinstance(entry, tuple) else entry for entry in self.list_filter]
        filters = {getattr(entry, "parameter_name", entry) for entry in named}
        return name in filters and operators.rpartition("__")[2] in ("", "exact", "isnull")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_administer(request.user)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return may_administer(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def history_key(self, obj: models.Model) -> str:
        """How the audit trail names a row."""
        return facts.key_of(obj)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """What the audit trail says of a row: every door leaves its mark there, not this one only."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_permission(request, obj):
            raise Http404
        context = self.around(
            request,
            title=_("History: %(row)s") % {"row": obj},
            history=audit.history_of(self.history_key(obj), limit=200, reader=request.user),
            object=obj,
        )
        return TemplateResponse(request, "admin/audit_history.html", context)

    def log_addition(self, request, obj, message):
        """The audit trail has it already."""

    log_change = log_addition


class ThroughActions(ReadOnly):
    """Forms whose saving is an action: `add` and `change` call it, and nothing else here writes.
    Nothing is deleted.

    A rule of the action that says no stands beside its field, and what was typed stays. Of a row
    that somebody else changed since the form was opened nothing is stored: what stands there now is
    told beside each field; saved once more, it is written over what was told.
    """

    permission = Permission.MANAGE_REGISTRY
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return can(request.user, self.permission)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return can(request.user, self.permission)

    def add(self, *, by: User, at: dt.datetime, **values: Any) -> models.Model:
        raise NotImplementedError

    def change(
        self, *, row: models.Model, by: User, at: dt.datetime, **changes: Any
    ) -> models.Model:
        raise NotImplementedError

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as error:
            request.refusal = error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return type("Refusable", (RefusableForm, form), {"refusal": refusal})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            context["stamp"] = self._stamp(request, context["adminform"].form, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _stamp(self, request, form, obj) -> str:
        """The stamp of the row that the reader sees: as posted, unless the form is new or shows what
        changed meanwhile.
        """
        stored = getattr(getattr(request, "refusal", None), "context", {}).get("stored")
        if request.method == "POST" and stored is None:
            return request.POST.get("stamp", "")
        return stamp_of(stored or obj, _columns(form))

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> models.Model:
        return form.instance

    def save_model(self, request, obj, form, change):
        by, at = request.user, timezone.now()
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            # The form has already written into `obj`.
            row = for_update(self.model._default_manager.all()).get(pk=obj.pk)
            require_unchanged(row, _columns(form), request.POST.get("stamp", ""))
            saved = self.change(row=row, by=by, at=at, **changes)
        else:
            saved = self.add(by=by, at=at, **form.cleaned_data)
        obj.__dict__.update(saved.__dict__)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The action has stored everything."""

    def delete_model(self, request, obj):
        raise PermissionDenied

    delete_queryset = delete_model


class RefusableForm(forms.ModelForm):
    """Shows at its fields why the action has refused what was posted."""

    refusal: DomainError | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal is not None:
            put_refusal(self, self.refusal)
            _show_stored(self, self.refusal.context.get("stored"))
        return cleaned


def _columns(form: forms.ModelForm) -> list[str]:
    """The fields of the form that are the row's own."""
    own = {field.name for field in [*form.instance._meta.fields, *form.instance._meta.many_to_many]}
    return [name for name in form.fields if name in own]


def _show_stored(form: forms.ModelForm, stored: models.Model | None) -> None:
    """Beside each field that says something else than the row does now: what stands there."""
    if stored is None:
        return
    values = forms.model_to_dict(stored)
    for name in _columns(form):
        if form.fields[name].has_changed(values.get(name), form[name].data):
            form.add_error(
                name, _now("Stands there now: %(value)s") % {"value": _stored_text(stored, name)}
            )


def _stored_text(row: models.Model, name: str) -> str:
    field, value = column_of(row, name), getattr(row, name)
    if field.many_to_many:
        text = ", ".join(str(related) for related in value.all())
    elif field.is_relation:
        text = "" if value is None else str(value)
    else:
        text = value_label(field, value)
    return text or _now("empty")


class Editable(ThroughActions):
    """Reference facts that are corrected by hand, each with its source; never deleted."""

    def add(self, *, by: User, at: dt.datetime, **values: Any) -> models.Model:
        return facts.add_fact(row=self.model(**values), by=by, at=at)

    def change(
        self, *, row: models.Model, by: User, at: dt.datetime, **changes: Any
    ) -> models.Model:
        return facts.correct_fact(row=row, by=by, at=at, **changes)
