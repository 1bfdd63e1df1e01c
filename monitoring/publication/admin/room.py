"""What the two rooms of publications share: who is published is looked up, and withdrawn with a
reason; publishing is each room's own.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pip_network import audit
from pip_network.administration.rooms import ReadOnly
from pip_network.web.acts import Act, carry_out
from pip_network.web.signed_in import SignedInRequest

READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


class PublishedRoom(ReadOnly):
    """The list of what was published, the page of each, and withdrawing it."""

    publish: Act
    withdraw: Act
    subject: str  # what the action of `withdraw` calls a row
    page_template: str
    withdraw_template: str
    withdraw_title: Any
    why_unseen: Callable[[Any], str]
    read_with: tuple[str, ...]  # relations of the page of a row
    unread: tuple[str, ...] = ("figures",)  # columns that no list shows

    ordering: ClassVar = ["-pk"]
    show_full_result_count = False

    def get_urls(self):
        guard, name = self.admin_site.admin_view, f"monitoring_{self.opts.model_name}"
        return [
            path("publish/", guard(self.publish_view), name=f"{name}_publish"),
            path("<int:number>/withdraw/", guard(self.withdraw_view), name=f"{name}_withdraw"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        in_force = self.model.objects.in_force().filter(pk=OuterRef("pk"))
        rows = super().get_queryset(request).defer(*self.unread)
        return rows.annotate(in_force=Exists(in_force))

    @admin.display(description=gettext_lazy("seen by the public"), boolean=True)
    def seen(self, row: Any) -> bool:
        return row.in_force

    def changelist_view(self, request, extra_context=None):
        page = {"may_publish": self.publish.is_offered(request.user)}
        return super().changelist_view(request, {**(extra_context or {}), **page})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return require_safe(self._page)(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """It stands on the page of the row."""
        return redirect(self._row(object_id))

    def _page(self, request: SignedInRequest, number: str) -> HttpResponse:
        row = self._row(number)
        page = self.around(
            request,
            row=row,
            title=str(row),
            unseen=self.why_unseen(row),
            may_withdraw=self.withdraw.is_offered(request.user, row),
            history=audit.history_of(self.history_key(row), reader=request.user),
            **self.beside(row),
        )
        return render(request, self.page_template, page)

    def beside(self, row: Any) -> dict[str, Any]:
        """What else the page of a row shows."""
        return {}

    def publish_view(self, request: SignedInRequest) -> HttpResponse:
        """Choose, see what that means, say why, publish."""
        if not self.publish.is_offered(request.user):
            raise Http404
        return READ_AND_SEND(self._publish)(request)

    def _publish(self, request: SignedInRequest) -> HttpResponse:
        raise NotImplementedError

    def withdraw_view(self, request: SignedInRequest, number: int) -> HttpResponse:
        """Say why the public shall see it no more."""
        row = self._row(str(number))
        if not self.withdraw.may(request.user, row):
            raise Http404
        return READ_AND_SEND(self._withdraw)(request, row)

    def _withdraw(self, request: SignedInRequest, row: Any) -> HttpResponse:
        return carry_out(
            request,
            self.withdraw,
            {self.subject: row},
            template=self.withdraw_template,
            context=lambda _form: self.around(
                request, title=self.withdraw_title, row=row, unseen=self.why_unseen(row)
            ),
            after=f"admin:monitoring_{self.opts.model_name}_changelist",
        )

    def _row(self, number: str) -> Any:
        rows: QuerySet = self.model.objects.select_related(*self.read_with, "by", "withdrawn_by")
        is_number = number.isascii() and number.isdigit() and len(number) < 18
        row = rows.filter(pk=int(number)).first() if is_number else None
        if row is None:
            raise Http404
        return row
