"""Projects: a new one, and all that is done with one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web.acts import Act, sent
from pip_network.web.signed_in import SignedInRequest
from projects.acts import projects as acts
from projects.choices import PROGRAMME
from projects.models import Project

from .page import Page, write


def trail() -> tuple[str, str]:
    return reverse("projects"), _("Projects")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    require_room(request.user, P.MANAGE_REGISTRY)
    form = acts.NEW.form(sent(request), initial={"family": PROGRAMME})
    page = Page(acts.NEW, back=trail())
    return write(request, page, {}, form=form, after=lambda project: project)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: SignedInRequest, code: str, act: Act) -> HttpResponse:
    """One of `acts.ACTS`."""
    rows = Project.objects.select_related("family", "executing_institution")
    project = get_object_or_404(rows, code=code)
    act.require(request.user, project)
    page = Page(
        act,
        over=str(project),
        back=(project.get_absolute_url(), project.code),
        trail=trail(),
        keys=[f"P:{code}"],
    )
    return write(request, page, {"project": project}, after=act.after(project))
