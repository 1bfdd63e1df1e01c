"""Projects: new, edit."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from projects import actions
from projects.choices import PROGRAMME
from projects.forms import NewProjectForm, ProjectForm
from projects.models import Project

from .page import Page, answer, require_registry, sent


def fetch(request: HttpRequest, code: str) -> Project:
    project = get_object_or_404(
        Project.objects.select_related("family", "executing_institution"), code=code
    )
    require_registry(request.user)
    return project


def _trail() -> tuple[str, str]:
    return reverse("projects"), _("Projects")


def page_of(project: Project, **about) -> Page:
    return Page(
        over=str(project),
        back=(project.get_absolute_url(), project.code),
        trail=_trail(),
        keys=[f"P:{project.code}"],
        **about,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    require_room(request.user, P.MANAGE_REGISTRY)
    return answer(
        request,
        Page(
            title=_("New project"),
            back=_trail(),
            button=_("Register the project"),
            lede=_("What its agreement says. Networks and firms come afterwards, on its own page."),
        ),
        NewProjectForm(sent(request), initial={"family": PROGRAMME}),
        lambda given: actions.create_project(**given, by=request.user, at=timezone.now()),
        done=lambda project: project.get_absolute_url(),
        said=_("The project is registered."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    project = fetch(request, code)
    return answer(
        request,
        page_of(
            project,
            title=_("Edit the project"),
            button=_("Save"),
            lede=_(
                "Changes hold from the next submission on: what was approved keeps what it froze."
            ),
        ),
        ProjectForm(sent(request), instance=project),
        lambda given: actions.update_project(
            project=project, **given, by=request.user, at=timezone.now()
        ),
        done=project.get_absolute_url(),
        said=_("The project is saved."),
    )
