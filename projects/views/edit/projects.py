"""Projects: new, edit, archive, restore."""

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
from projects.forms import NewProjectForm, ProjectForm, ReasonForm, RegistryForm
from projects.models import Project

from .page import Page, answer, require_registry, sent


def _fetch(request: HttpRequest, code: str) -> Project:
    project = get_object_or_404(
        Project.objects.select_related("family", "executing_institution"), code=code
    )
    require_registry(request.user)
    return project


def _back(project: Project) -> tuple[str, str]:
    return project.get_absolute_url(), project.code


def _trail() -> tuple[str, str]:
    return reverse("projects"), _("Projects")


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
    project = _fetch(request, code)
    return answer(
        request,
        Page(
            title=_("Edit the project"),
            over=str(project),
            back=_back(project),
            trail=_trail(),
            button=_("Save"),
            lede=_(
                "Changes hold from the next submission on: what was approved keeps what it froze."
            ),
            keys=[f"P:{code}"],
        ),
        ProjectForm(sent(request), instance=project),
        lambda given: actions.update_project(
            project=project, **given, by=request.user, at=timezone.now()
        ),
        done=project.get_absolute_url(),
        said=_("The project is saved."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, code: str) -> HttpResponse:
    project = _fetch(request, code)
    return answer(
        request,
        Page(
            title=_("Archive the project"),
            over=str(project),
            back=_back(project),
            trail=_trail(),
            button=_("Archive the project"),
            danger=True,
            keys=[f"P:{code}"],
            will=[
                _(
                    "The project and its networks leave the lists, the map and the totals of the "
                    "registry."
                ),
                _(
                    "Nothing is deleted: its approved figures stay in the record and in every "
                    "report."
                ),
                _("You can restore it at any time."),
            ],
        ),
        ReasonForm(sent(request)),
        lambda given: actions.archive_project(
            project=project, **given, by=request.user, at=timezone.now()
        ),
        done=reverse("projects"),
        said=_("The project is archived."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, code: str) -> HttpResponse:
    project = _fetch(request, code)
    return answer(
        request,
        Page(
            title=_("Restore the project"),
            over=str(project),
            back=_back(project),
            trail=_trail(),
            button=_("Restore the project"),
            keys=[f"P:{code}"],
            will=[_("The project and its networks are in the lists and totals again.")],
        ),
        RegistryForm(sent(request)),
        lambda _given: actions.restore_project(project=project, by=request.user, at=timezone.now()),
        done=project.get_absolute_url(),
        said=_("The project is restored."),
    )
