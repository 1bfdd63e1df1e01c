"""A table's import and export in the administration: file, preview, confirmation; and the file of
what is seen.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from pip_network.files.exports import exporter
from pip_network.files.incoming import Book, Cell, Refused, Sheet, read
from pip_network.models import User
from pip_network.people import access
from pip_network.web.acts import Act, carry_out
from pip_network.web.again import confirm_identity
from pip_network.web.errors import Conflict, DomainError, Invalid
from pip_network.web.locks import for_update

from . import previews
from .formats import FORMATS, LIMITS
from .plan import Plan, PlannedRow, Status
from .resource import TableResource

SHOWN = 60  # rows of each kind that the preview shows; the rest is counted
ORDER = (Status.REFUSED, Status.CONFLICT, Status.CHANGED, Status.NEW)


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy(
            "A workbook (.xlsx) or a CSV, at most 10 MB and 50,000 rows. The first row holds the "
            "headings."
        ),
    )


class TableExportForm(ExportForm):
    """All columns, always: a file that comes back says "unchanged" for each row."""

    def __init__(self, formats, resources, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].label = _("Format")
        self.fields["format"].choices = [
            choice for choice in self.fields["format"].choices if choice[0]
        ]


class ImportsAndExports(ImportExportMixin):
    """Mixed into a ModelAdmin of the site, with `resource_classes` of one TableResource."""

    import_template_name = "admin/importing/import.html"
    export_template_name = "admin/importing/export.html"
    import_export_change_list_template = "admin/importing/change_list.html"
    export_form_class = TableExportForm
    formats = FORMATS
    skip_admin_log = True

    def get_urls(self):
        return [
            path(
                "import/template.<str:key>",
                self.admin_site.admin_view(self.template_file),
                name="{}_{}_import_template".format(*self.get_model_info()),
            ),
            *super().get_urls(),
        ]

    @property
    def resource(self) -> type[TableResource]:
        return self.resource_classes[0]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return access.can(request.user, self.resource.permission)

    has_export_permission = has_import_permission

    # --- in

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Choose a file, see what it would do."""
        if not self.has_import_permission(request):
            raise Http404
        if request.method != "POST":
            return confirm_identity(self._choose)(request)
        if not identity_is_fresh(request):  # a file cannot wait for a password
            messages.warning(request, _("Please confirm who you are, and choose the file again."))
            return redirect(request.path)
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._choose(request, form)
        at = timezone.now()
        try:
            book, digest = read_upload(form.cleaned_data["file"])
            sheet = the_table(book)
            plan = self.resource().plan(sheet.rows, by=request.user, at=at, faults=book.faults)
        except DomainError as error:
            form.add_error("file", str(error.message))
            return self._choose(request, form)
        name = form.cleaned_data["file"].name[:120]
        read_as = (
            ""
            if book.kind == "xlsx"
            else f"CSV, {book.encoding}, «{book.delimiter}»".replace("\t", _("tab"))
        )
        return self._preview(
            request, sheet.rows, plan, digest=digest, name=name, at=at, read_as=read_as
        )

    def _preview(
        self,
        request: HttpRequest,
        rows: Sequence[Sequence[Cell]],
        plan: Plan,
        *,
        digest: str,
        name: str,
        at: dt.datetime,
        remembered: dict[str, Any] | None = None,
        **context: Any,
    ) -> HttpResponse:
        """What the rows would do; if all of it can be stored they wait for the confirmation, and so
        does `remembered`.
        """
        waiting = ""
        if plan.can_be_stored:
            waiting = previews.keep(
                rows,
                table=self.resource.table(),
                digest=digest,
                fingerprint=plan.fingerprint(),
                notes={"file": name, **self.notes(plan), **(remembered or {})},
                by=request.user,
                at=at,
            )
        minutes = int(previews.KEEP / dt.timedelta(minutes=1))
        beside = self.beside(request, plan)
        return self._page(
            request,
            plan=shown(plan),
            waiting=waiting,
            file_name=name,
            minutes=minutes,
            **{**beside, **context},
        )

    def notes(self, plan: Plan) -> dict[str, Any]:
        """What the room wants to remember of the preview, as JSON values."""
        return {}

    def beside(self, request: HttpRequest, plan: Plan) -> dict[str, Any]:
        """What the room shows beside the rows of a preview."""
        return {}

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The confirmation.

        Whatever the form says: what is stored is what waits under that name for this person.
        """
        if not self.has_import_permission(request):
            raise Http404
        return require_http_methods(["POST"])(confirm_identity(self._confirm))(request)

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        table = "admin:{}_{}".format(*self.get_model_info())
        return carry_out(
            request,
            CONFIRM,
            {"resource": self.resource(), "name": request.POST.get("waiting", "")},
            after=f"{table}_changelist",
            back=f"{table}_import",
        )

    def _choose(self, request: HttpRequest, form: FileForm | None = None) -> HttpResponse:
        wrong = form is not None and bool(form.errors)
        return self._page(
            request, status=422 if wrong else 200, form=form or FileForm(), resource=self.resource()
        )

    def _page(self, request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
        title = _("Import: %(table)s") % {"table": self.resource.get_display_name()}
        page = self.around(request, **{"title": title, **context})
        return render(request, self.import_template_name, page, status=status)

    # --- out

    def export_action(self, request: HttpRequest) -> HttpResponse:
        if not self.has_export_permission(request):
            raise Http404
        return super().export_action(request)

    def init_request_context_data(self, request: HttpRequest, form) -> dict[str, Any]:
        context = super().init_request_context_data(request, form)
        context["title"] = _("Export: %(table)s") % {"table": self.resource.get_display_name()}
        context["resource"] = self.resource()
        return context

    def get_data_for_export(self, request: HttpRequest, queryset, **kwargs: Any):
        kwargs.pop("force_native_type", None)
        return self.resource().export(queryset=queryset)

    def get_export_filename(self, request, queryset, file_format) -> str:
        name = slugify(self.resource.get_display_name()) or "export"
        return f"{name}-{timezone.localdate().isoformat()}.{file_format.get_extension()}"

    def template_file(self, request: HttpRequest, key: str) -> HttpResponse:
        """A file with the headings only."""
        asked = exporter(key)
        if asked is None or not self.has_import_permission(request):
            raise Http404
        name = self.resource.get_display_name()
        return asked(self.resource().get_export_headers(), title=name).response(
            [], f"{name}-{_('template')}"
        )


@transaction.atomic
def confirm(resource: TableResource, name: str, *, by: User, at: dt.datetime) -> dict[str, int]:
    """Store what waits under `name`, if it would still do what was shown; returns how many rows of
    each status.

    Two confirmations at one moment: the second waits for the lock of the person and finds nothing.
    """
    for_update(User.objects.all()).get(pk=by.pk)
    waiting = previews.take(name, table=resource.table(), by=by, at=at)
    plan = resource.plan(waiting.rows, by=by, at=at, rehearse=False)
    if plan.fingerprint() != waiting.fingerprint:
        raise Conflict(
            _(
                "The registry has changed since the preview: choose the file again and look at it "
                "anew."
            )
        )
    resource.confirm(plan, by=by, at=at, sha256=waiting.digest)
    return {status.value: count for status, count in plan.counts.items() if count}


def _stored(counts: dict[str, int]) -> str:
    words = ", ".join(f"{count} {Status(status).label.lower()}" for status, count in counts.items())
    return _("The import is done: %(counts)s.") % {"counts": words}


CONFIRM = Act(
    name="import",
    permission=None,  # the plan of the table asks for its own
    at_once=True,
    action=confirm,
    said=_stored,
)


def read_upload(file) -> tuple[Book, str]:
    """The parsed file and the digest of its bytes; nothing that is too large is read at all."""
    if file.size > LIMITS.size:
        raise Refused(
            _("The file is larger than %(megabytes)s MB: divide it.")
            % {"megabytes": LIMITS.size >> 20},
            key="size",
        )
    data = b"".join(file.chunks())
    return read(data, LIMITS), hashlib.sha256(data).hexdigest()


def the_table(book: Book) -> Sheet:
    """The one sheet with something in it.

    Raises Invalid when there are several: it is not guessed which is meant.
    """
    filled = [sheet for sheet in book.sheets if not sheet.is_empty and not sheet.hidden]
    if not filled:
        raise Invalid(_("The file is empty."), place="file")
    if len(filled) > 1:
        names = ", ".join(sheet.name for sheet in filled)[:200]
        raise Invalid(
            _("There are several sheets with data (%(names)s): leave only the table.")
            % {"names": names},
            place="file",
        )
    return filled[0]


def identity_is_fresh(request: HttpRequest) -> bool:
    try:
        return reauthentication_required(lambda _request: True)(request)
    except ReauthenticationRequired:
        return False


def shown(plan: Plan) -> dict[str, Any]:
    """What the page says of a plan: counts of all, rows of what somebody must look at, at most
    SHOWN of each kind.
    """
    groups = []
    for status in ORDER:
        rows = [row for row in plan.rows if row.status == status]
        if rows:
            told = [told_row(row, plan) for row in rows[:SHOWN]]
            groups.append(
                {"status": status, "rows": told, "count": len(rows), "more": len(rows) - len(told)}
            )
    counts = [{"status": status, "count": count} for status, count in plan.counts.items()]
    return {
        "counts": counts,
        "groups": groups,
        "total": len(plan.rows),
        "storable": plan.can_be_stored,
    }


def told_row(row: PlannedRow, plan: Plan) -> dict[str, Any]:
    changes = [
        {
            "label": capfirst(column.label),
            "old": column.shown(row.changes[column.name][0]) if row.instance is not None else "",
            "new": column.shown(row.changes[column.name][1]),
            "by": column.difference(*row.changes[column.name]) if row.instance is not None else "",
        }
        for column in plan.columns
        if column.name in row.changes
    ]
    return {
        "number": row.number,
        "key": row.key,
        "changes": changes,
        "reasons": row.reasons,
        "known": row.instance is not None,
    }
