"""The room of the rounds that the public sees: publishing one, withdrawing it."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from monitoring.models import Publication
from monitoring.publication import acts
from monitoring.publication.actions import last_of
from monitoring.publication.forms import ChoiceForm
from monitoring.publication.preview import preview, title
from monitoring.publication.unseen import why_unseen
from pip_network.administration.site import site
from pip_network.web.acts import carry_out, put_refusal, sent
from pip_network.web.errors import Invalid
from pip_network.web.signed_in import SignedInRequest

from .room import PublishedRoom


@admin.register(Publication, site=site)
class PublicationAdmin(PublishedRoom):
    """Rounds, as of an approval."""

    purpose = gettext_lazy(
        "What the public sees: the figures of a round, as of an approval. Publish a round, or "
        "withdraw it."
    )
    change_list_template = "admin/monitoring/publications.html"
    list_display = ("round", "approval", "at", "by", "seen")
    list_select_related = ("round", "by")
    publish, withdraw, subject = acts.PUBLISH, acts.WITHDRAW, "publication"
    page_template = "admin/monitoring/publication.html"
    withdraw_template = "admin/monitoring/withdraw.html"
    withdraw_title = gettext_lazy("Withdraw a publication")
    why_unseen = staticmethod(why_unseen)
    read_with = ("round",)

    def get_urls(self):
        prepare = self.admin_site.admin_view(self.prepare_view)
        return [
            path("prepare/", prepare, name="monitoring_publication_prepare"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("approval"), ordering="as_of")
    def approval(self, row: Publication) -> str:
        return f"N={row.as_of_id}"

    def changelist_view(self, request, extra_context=None):
        shown = {"shown": Publication.objects.in_force()}
        return super().changelist_view(request, {**(extra_context or {}), **shown})

    def history_key(self, obj: Any) -> str:
        return f"round:{obj.round_id}"

    def beside(self, row: Publication) -> dict[str, Any]:
        """The results of projects that were published with it."""
        rows = row.projects.select_related("project").defer("figures").order_by("project")
        return {"results": rows}

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
