"""A table's import and export in the administration: file, preview, confirmation; and the file of
what is seen.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from import_export.admin import ImportExportMixin

from pip_network.files.exports import exporter
from pip_network.files.incoming import Book, Cell
from pip_network.people import access
from pip_network.web.acts import carry_out
from pip_network.web.again import confirm_identity
from pip_network.web.errors import DomainError
from pip_network.web.signed_in import SignedInRequest

from . import open_headings, previews
from .confirmation import CONFIRM
from .formats import FORMATS
from .forms import FileForm, TableExportForm
from .headings import Ambiguous
from .open_headings import HeadingsForm, Read
from .plan import Plan
from .resource import TableResource
from .summary import summary_of
from .uploads import faults_of, read_upload, table_of, told_of


class ImportsAndExports(ImportExportMixin):
    """Mixed into a ModelAdmin of the site, with `resource_classes` of one TableResource."""

    import_template_name = "admin/importing/import.html"
    export_template_name = "admin/importing/export.html"
    import_export_change_list_template = "admin/importing/change_list.html"
    export_form_class = TableExportForm
    formats = FORMATS
    skip_admin_log = True

    def get_urls(self) -> list[URLPattern]:
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

    def has_import_permission(self, request: SignedInRequest) -> bool:
        return access.can(request.user, self.resource.permission)

    has_export_permission = has_import_permission

    # --- in

    def import_action(self, request: SignedInRequest, **kwargs: Any) -> HttpResponse:
        """Choose a file, see what it would do."""
        if not self.has_import_permission(request):
            raise Http404
        if request.method != "POST":
            return confirm_identity(self._choose)(request)
        if not identity_is_fresh(request):  # a file cannot wait for a password
            messages.warning(request, _("Please confirm who you are, and choose the file again."))
            return redirect(request.path)
        if "headings_of" in request.POST:
            return self._with_headings(request)
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._choose(request, form)
        try:
            return self._preview_of(request, self._read(form.cleaned_data["file"]))
        except DomainError as error:
            form.add_error("file", str(error.message))
            return self._choose(request, form)

    def _read(self, file: UploadedFile) -> Read:
        book, digest = read_upload(file)
        sheet = table_of(book)
        return Read(
            sheet.rows,
            faults_of(book, sheet),
            digest,
            (file.name or "")[:120],
            sheet.name,
            read_as(book),
            told_of(book, sheet),
        )

    def _preview_of(self, request: SignedInRequest, read: Read) -> HttpResponse:
        """What the file would do, or the question which columns its headings mean."""
        at = timezone.now()
        try:
            plan = self.resource().plan(
                read.rows, by=request.user, at=at, faults=read.faults, sheet=read.sheet
            )
        except Ambiguous as error:
            waiting = open_headings.keep(read, table=self.resource.table(), by=request.user, at=at)
            return self._ask(request, read, HeadingsForm(error.headings, waiting))
        return self._preview(
            request,
            read.rows,
            plan,
            digest=read.digest,
            name=read.name,
            at=at,
            read_as=read.read_as,
            told=read.told,
        )

    def _with_headings(self, request: SignedInRequest) -> HttpResponse:
        """The answer to the question which columns the headings mean."""
        table, by, at = self.resource.table(), request.user, timezone.now()
        try:
            waiting = previews.look(request.POST["headings_of"], table=table, by=by, at=at)
            read = open_headings.kept(waiting)
            try:
                self.resource().columns_of(read.rows[0])
            except Ambiguous as error:
                form = HeadingsForm(error.headings, waiting.name, request.POST)
                if not form.is_valid():
                    return self._ask(request, read, form, status=422)
                read = open_headings.with_columns(read, form.chosen())
            answer = self._preview_of(request, read)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect(request.path)
        previews.drop(waiting)
        return answer

    def _ask(
        self, request: SignedInRequest, read: Read, form: HeadingsForm, *, status: int = 200
    ) -> HttpResponse:
        title = _("Import: %(table)s") % {"table": self.resource.get_display_name()}
        page = self.around(request, title=title, form=form, file_name=read.name)
        return render(request, "admin/importing/headings.html", page, status=status)

    def _preview(
        self,
        request: SignedInRequest,
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
            plan=summary_of(plan),
            waiting=waiting,
            file_name=name,
            minutes=minutes,
            **{**beside, **context},
        )

    def notes(self, plan: Plan) -> dict[str, Any]:
        """What the room wants to remember of the preview, as JSON values."""
        return {}

    def beside(self, request: SignedInRequest, plan: Plan) -> dict[str, Any]:
        """What the room shows beside the rows of a preview."""
        return {}

    def process_import(self, request: SignedInRequest, **kwargs: Any) -> HttpResponse:
        """The confirmation.

        Whatever the form says: what is stored is what waits under that name for this person.
        """
        if not self.has_import_permission(request):
            raise Http404
        return require_http_methods(["POST"])(confirm_identity(self._confirm))(request)

    def _confirm(self, request: SignedInRequest) -> HttpResponse:
        table = "admin:{}_{}".format(*self.get_model_info())
        return carry_out(
            request,
            CONFIRM,
            {"resource": self.resource(), "name": request.POST.get("waiting", "")},
            after=f"{table}_changelist",
            back=f"{table}_import",
        )

    def _choose(self, request: SignedInRequest, form: FileForm | None = None) -> HttpResponse:
        refused = form is not None and bool(form.errors)
        return self._page(
            request,
            status=422 if refused else 200,
            form=form or FileForm(),
            resource=self.resource(),
        )

    def _page(self, request: SignedInRequest, *, status: int = 200, **context: Any) -> HttpResponse:
        title = _("Import: %(table)s") % {"table": self.resource.get_display_name()}
        page = self.around(request, **{"title": title, **context})
        return render(request, self.import_template_name, page, status=status)

    # --- out

    def export_action(self, request: SignedInRequest) -> HttpResponse:
        if not self.has_export_permission(request):
            raise Http404
        return super().export_action(request)

    def init_request_context_data(self, request: SignedInRequest, form: Any) -> dict[str, Any]:
        context = super().init_request_context_data(request, form)
        context["title"] = _("Export: %(table)s") % {"table": self.resource.get_display_name()}
        context["resource"] = self.resource()
        return context

    def get_data_for_export(
        self, request: SignedInRequest, queryset: QuerySet, **kwargs: Any
    ) -> Any:
        kwargs.pop("force_native_type", None)
        return self.resource().export(queryset=queryset)

    def get_export_filename(
        self, request: SignedInRequest, queryset: QuerySet, file_format: Any
    ) -> str:
        name = slugify(self.resource.get_display_name()) or "export"
        return f"{name}-{timezone.localdate().isoformat()}.{file_format.get_extension()}"

    def template_file(self, request: SignedInRequest, key: str) -> HttpResponse:
        """A file with the headings only."""
        file_format = exporter(key)
        if file_format is None or not self.has_import_permission(request):
            raise Http404
        name = self.resource.get_display_name()
        return file_format(self.resource().get_export_headers(), title=name).response(
            [], f"{name}-{_('template')}"
        )


def identity_is_fresh(request: SignedInRequest) -> bool:
    """Whether she proved of late who she is."""
    try:
        return reauthentication_required(lambda _request: True)(request)
    except ReauthenticationRequired:
        return False


def read_as(book: Book) -> str:
    """How the text of a file was taken apart; blank for a workbook, where nothing is guessed."""
    if book.kind == "xlsx":
        return ""
    return f"CSV, {book.encoding}, «{book.delimiter}»".replace("\t", _("tab"))
