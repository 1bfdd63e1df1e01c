"""The room of the results of projects that the public sees, with a round that is published."""

from typing import Any

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.models import ProjectPublication
from monitoring.publication import acts
from monitoring.publication.forms import ResultsForm, RoundChoiceForm
from monitoring.publication.preview import preview_results
from monitoring.publication.unseen import why_results_unseen
from pip_network.administration.site import site
from pip_network.web.acts import carry_out, sent
from pip_network.web.signed_in import SignedInRequest

from .room import PublishedRoom


@admin.register(ProjectPublication, site=site)
class ProjectPublicationAdmin(PublishedRoom):
    """Results of single projects."""

    purpose = gettext_lazy(
        "The results of single projects that the public sees, with a round that is published. "
        "Publish some, or withdraw them."
    )
    change_list_template = "admin/monitoring/published_results.html"
    list_display = ("project", "published_round", "approval", "at", "by", "seen")
    list_select_related = ("project", "publication", "by")
    publish, withdraw, subject = acts.PUBLISH_RESULTS, acts.WITHDRAW_RESULTS, "results"
    page_template = "admin/monitoring/results_of_project.html"
    withdraw_template = "admin/monitoring/withdraw_results.html"
    withdraw_title = gettext_lazy("Withdraw the results of a project")
    why_unseen = staticmethod(why_results_unseen)
    read_with = ("project", "publication")
    unread = ("figures", "publication__figures")

    @admin.display(description=gettext_lazy("round"), ordering="publication__round")
    def published_round(self, row: ProjectPublication) -> str:
        return row.publication.round_id

    @admin.display(description=gettext_lazy("approval"), ordering="publication__as_of")
    def approval(self, row: ProjectPublication) -> str:
        return f"N={row.publication.as_of_id}"

    def history_key(self, obj: Any) -> str:
        return f"P:{obj.project_id}"

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
