"""The room of what the public sees: publications, publishing a round, withdrawing it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring.models import ProjectPublication, Publication
from pip_network import audit
from pip_network.administration.rooms import ReadOnly
from pip_network.administration.site import site
from pip_network.web.acts import carry_out, put_refusal, sent
from pip_network.web.errors import Invalid
from pip_network.web.signed_in import SignedInRequest

from . import acts
from .actions import last_of
from .forms import ChoiceForm, ResultsForm, RoundChoiceForm
from .preview import preview, preview_results, title

READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


@admin.register(Publication, site=site)
class PublicationAdmin(ReadOnly):
    """The list of publications and the page of each; publishing and withdrawing are acts."""

    purpose = gettext_lazy(
        "What the public sees: the figures of a round, as of an approval. Publish a round, or "
        "withdraw it."
    )
    change_list_template = "admin/monitoring/publications.html"
    list_display = ("round", "approval", "at", "by", "seen")
    ordering: ClassVar = ["-pk"]
    list_select_related: ClassVar = ["round", "by"]
    show_full_result_count = False

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("publish/", guard(self.publish_view), name="monitoring_publication_publish"),
            path("prepare/", guard(self.prepare_view), name="monitoring_publication_prepare"),
            path(
                "<int:number>/withdraw/",
                guard(self.withdraw_view),
                name="monitoring_publication_withdraw",
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        in_force = Publication.objects.in_force().filter(pk=OuterRef("pk"))
        return super().get_queryset(request).defer("figures").annotate(in_force=Exists(in_force))

    @admin.display(description=gettext_lazy("approval"), ordering="as_of")
    def approval(self, row: Publication) -> str:
        return f"N={row.as_of_id}"

    @admin.display(description=gettext_lazy("seen by the public"), boolean=True)
    def seen(self, row: Any) -> bool:
        return row.in_force

    def changelist_view(self, request, extra_context=None):
        page = {
            "title": _("Publications"),
            "may_publish": acts.PUBLISH.is_offered(request.user),
            "shown": Publication.objects.in_force(),
        }
        return super().changelist_view(request, {**(extra_context or {}), **page})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return require_safe(self._page)(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """It stands on the page of the publication."""
        row = self._row(object_id)
        return redirect(reverse("admin:monitoring_publication_change", args=[row.pk]))

    def _page(self, request: SignedInRequest, number: str) -> HttpResponse:
        row = self._row(number)
        page = self.around(
            request,
            row=row,
            title=str(row),
            in_force=is_in_force(row),
            may_withdraw=is_in_force(row) and acts.WITHDRAW.is_offered(request.user, row),
            history=audit.history_of(f"round:{row.round_id}", reader=request.user),
            results=row.projects.select_related("project").defer("figures").order_by("project"),
        )
        return render(request, "admin/monitoring/publication.html", page)

    def publish_view(self, request: SignedInRequest) -> HttpResponse:
        """Choose a round and an approval, see what that means, say why, publish."""
        if not acts.PUBLISH.is_offered(request.user):
            raise Http404
        return READ_AND_SEND(self._publish)(request)

    def prepare_view(self, request: SignedInRequest) -> HttpResponse:
        """Have worked out what the public would see, and go back to look."""
        if not acts.PREPARE.is_offered(request.user):
            raise Http404
        return require_POST(self._prepare)(request)

    def _prepare(self, request: SignedInRequest) -> HttpResponse:
        choice = ChoiceForm(request.POST)
        back = reverse("admin:monitoring_publication_publish")
        if not choice.is_valid():
            return redirect(back)
        chosen = choice.cleaned_data
        here = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(here, allowed_hosts=None):
            here = f"{back}?round={chosen['round'].code}&as_of={chosen['as_of']}"
        return carry_out(request, acts.PREPARE, chosen, after=here, back=here)

    def _publish(self, request: SignedInRequest) -> HttpResponse:
        choice = ChoiceForm(request.GET if "round" in request.GET else None)
        chosen = choice.cleaned_data if choice.is_bound and choice.is_valid() else None
        seen: dict[str, Any] = {}
        if chosen is not None:
            try:
                seen = preview(chosen["round"], chosen["as_of"])
            except Invalid as refusal:
                put_refusal(choice, refusal)
        if chosen is None or not seen:
            page = self.around(request, title=_("Publish a round"), form=choice)
            return render(
                request,
                "admin/monitoring/publish.html",
                page,
                status=422 if choice.is_bound or request.method == "POST" else 200,
            )
        last = last_of(chosen["round"].code)
        return carry_out(
            request,
            acts.PUBLISH,
            chosen,
            form=acts.PUBLISH.form(
                sent(request), initial={"seen": str(last.pk if last is not None else 0)}
            ),
            template="admin/monitoring/publish.html",
            context=lambda _form: self.around(
                request, title=title(chosen["round"]), chosen=chosen, **seen
            ),
            after="admin:monitoring_publication_changelist",
        )

    def withdraw_view(self, request: SignedInRequest, number: int) -> HttpResponse:
        """Say why the public shall see this round no more."""
        row = self._row(str(number))
        if not acts.WITHDRAW.may(request.user, row):
            raise Http404
        return READ_AND_SEND(self._withdraw)(request, row)

    def _withdraw(self, request: SignedInRequest, row: Publication) -> HttpResponse:
        return carry_out(
            request,
            acts.WITHDRAW,
            {"publication": row},
            template="admin/monitoring/withdraw.html",
            context=lambda _form: self.around(request, title=_("Withdraw a publication"), row=row),
            after="admin:monitoring_publication_changelist",
        )

    def _row(self, number: str) -> Publication:
        rows = Publication.objects.select_related("round", "by", "withdrawn_by")
        row = (
            rows.filter(pk=int(number)).first()
            if number.isascii() and number.isdigit() and len(number) < 18
            else None
        )
        if row is None:
            raise Http404
        return row


def is_in_force(row: Publication) -> bool:
    """Whether the public sees it now."""
    return Publication.objects.in_force().filter(pk=row.pk).exists()


@admin.register(ProjectPublication, site=site)
class ProjectPublicationAdmin(ReadOnly):
    """The results of projects that the public sees; publishing and withdrawing are acts."""

    purpose = gettext_lazy(
        "The results of single projects that the public sees, with a round that is published. "
        "Publish some, or withdraw them."
    )
    change_list_template = "admin/monitoring/published_results.html"
    list_display = ("project", "published_round", "approval", "at", "by", "seen")
    ordering: ClassVar = ["-pk"]
    list_select_related: ClassVar = ["project", "publication", "by"]
    show_full_result_count = False

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path(
                "publish/", guard(self.publish_view), name="monitoring_projectpublication_publish"
            ),
            path(
                "<int:number>/withdraw/",
                guard(self.withdraw_view),
                name="monitoring_projectpublication_withdraw",
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        in_force = ProjectPublication.objects.in_force().filter(pk=OuterRef("pk"))
        rows = super().get_queryset(request).defer("figures", "publication__figures")
        return rows.annotate(in_force=Exists(in_force))

    @admin.display(description=gettext_lazy("round"), ordering="publication__round")
    def published_round(self, row: ProjectPublication) -> str:
        return row.publication.round_id

    @admin.display(description=gettext_lazy("approval"), ordering="publication__as_of")
    def approval(self, row: ProjectPublication) -> str:
        return f"N={row.publication.as_of_id}"

    @admin.display(description=gettext_lazy("seen by the public"), boolean=True)
    def seen(self, row: Any) -> bool:
        return row.in_force

    def changelist_view(self, request, extra_context=None):
        page = {
            "title": _("Published results of projects"),
            "may_publish": acts.PUBLISH_RESULTS.is_offered(request.user),
        }
        return super().changelist_view(request, {**(extra_context or {}), **page})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return require_safe(self._page)(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """It stands on the page of the results."""
        row = self._row(object_id)
        return redirect(reverse("admin:monitoring_projectpublication_change", args=[row.pk]))

    def _page(self, request: SignedInRequest, number: str) -> HttpResponse:
        row = self._row(number)
        seen = are_in_force(row)
        page = self.around(
            request,
            row=row,
            title=str(row),
            in_force=seen,
            may_withdraw=seen and acts.WITHDRAW_RESULTS.is_offered(request.user, row),
            history=audit.history_of(f"P:{row.project_id}", reader=request.user),
        )
        return render(request, "admin/monitoring/results_of_project.html", page)

    def publish_view(self, request: SignedInRequest) -> HttpResponse:
        """Choose a published round, see what would be hidden, choose projects, say why."""
        if not acts.PUBLISH_RESULTS.is_offered(request.user):
            raise Http404
        return READ_AND_SEND(self._publish)(request)

    def _publish(self, request: SignedInRequest) -> HttpResponse:
        choice = RoundChoiceForm(request.GET if "publication" in request.GET else None)
        if not (choice.is_bound and choice.is_valid()):
            page = self.around(request, title=_("Publish results of projects"), form=choice)
            return render(
                request,
                "admin/monitoring/publish_results.html",
                page,
                status=422 if choice.is_bound or request.method == "POST" else 200,
            )
        publication = choice.cleaned_data["publication"]
        return carry_out(
            request,
            acts.PUBLISH_RESULTS,
            {"publication": publication},
            form=ResultsForm(sent(request), publication=publication),
            template="admin/monitoring/publish_results.html",
            context=lambda _form: self.around(
                request,
                title=_("Publish results of projects"),
                publication=publication,
                **preview_results(publication),
            ),
            after="admin:monitoring_projectpublication_changelist",
        )

    def withdraw_view(self, request: SignedInRequest, number: int) -> HttpResponse:
        """Say why the public shall see these results no more."""
        row = self._row(str(number))
        if not acts.WITHDRAW_RESULTS.may(request.user, row):
            raise Http404
        return READ_AND_SEND(self._withdraw)(request, row)

    def _withdraw(self, request: SignedInRequest, row: ProjectPublication) -> HttpResponse:
        return carry_out(
            request,
            acts.WITHDRAW_RESULTS,
            {"results": row},
            template="admin/monitoring/withdraw_results.html",
            context=lambda _form: self.around(
                request, title=_("Withdraw the results of a project"), row=row
            ),
            after="admin:monitoring_projectpublication_changelist",
        )

    def _row(self, number: str) -> ProjectPublication:
        rows = ProjectPublication.objects.select_related(
            "project", "publication", "by", "withdrawn_by"
        )
        row = (
            rows.filter(pk=int(number)).first()
            if number.isascii() and number.isdigit() and len(number) < 18
            else None
        )
        if row is None:
            raise Http404
        return row


def are_in_force(row: ProjectPublication) -> bool:
    """Whether the public sees them now."""
    return ProjectPublication.objects.in_force().filter(pk=row.pk).exists()
