"""Archiving and restoring: the same two pages for a project, a network, an institution."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from pip_network.people import institutions as institution_actions
from projects import actions
from projects.forms import ReasonForm, RegistryForm
from projects.views.edit import institutions, networks, projects
from projects.views.edit.page import Page, answer, sent

KEPT = _("Nothing is deleted: its approved figures stay in the record and in every report.")
AT_ANY_TIME = _("You can restore it at any time.")


class Words(NamedTuple):
    """Title and button, what will happen, what is said afterwards."""

    title: str | Promise
    will: Sequence[str | Promise]
    done: str | Promise


class Kind(NamedTuple):
    """How a row is fetched and shown, its two actions, and the name that they give it."""

    fetch: Callable[..., Any]
    page: Callable[..., Page]
    name: str
    archive: Callable[..., Any]
    restore: Callable[..., Any]
    list: Callable[[Any], str]  # where one goes on when it has left
    leaving: Words
    coming_back: Words


KINDS = {
    "project": Kind(
        projects.fetch,
        projects.page_of,
        "project",
        actions.archive_project,
        actions.restore_project,
        lambda _project: reverse("projects"),
        Words(
            _("Archive the project"),
            [
                _(
                    "The project and its networks leave the lists, the map and the totals of the "
                    "registry."
                ),
                KEPT,
                AT_ANY_TIME,
            ],
            _("The project is archived."),
        ),
        Words(
            _("Restore the project"),
            [_("The project and its networks are in the lists and totals again.")],
            _("The project is restored."),
        ),
    ),
    "network": Kind(
        networks.fetch,
        networks.page_of,
        "network",
        actions.archive_network,
        actions.restore_network,
        lambda network: network.project.get_absolute_url(),
        Words(
            _("Archive the network"),
            [
                _("The network leaves the lists, the map and the totals of the registry."),
                KEPT,
                AT_ANY_TIME,
            ],
            _("The network is archived."),
        ),
        Words(
            _("Restore the network"),
            [_("The network is in the lists and totals again.")],
            _("The network is restored."),
        ),
    ),
    "institution": Kind(
        institutions.fetch,
        institutions.page_of,
        "institution",
        institution_actions.archive_institution,
        institution_actions.restore_institution,
        lambda _institution: reverse("institutions"),
        Words(
            _("Archive the institution"),
            [
                _("The institution leaves the lists; its people keep their accounts."),
                AT_ANY_TIME,
            ],
            _("The institution is archived."),
        ),
        Words(
            _("Restore the institution"),
            [_("The institution is in the lists again.")],
            _("The institution is restored."),
        ),
    ),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, kind: str, **where: str) -> HttpResponse:
    of = KINDS[kind]
    row = of.fetch(request, **where)
    return answer(
        request,
        _page(of, row, of.leaving, danger=True),
        ReasonForm(sent(request)),
        lambda given: of.archive(**{of.name: row}, **given, by=request.user, at=timezone.now()),
        done=of.list(row),
        said=str(of.leaving.done),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, kind: str, **where: str) -> HttpResponse:
    of = KINDS[kind]
    row = of.fetch(request, **where)
    return answer(
        request,
        _page(of, row, of.coming_back),
        RegistryForm(sent(request)),
        lambda _given: of.restore(**{of.name: row}, by=request.user, at=timezone.now()),
        done=row.get_absolute_url(),
        said=str(of.coming_back.done),
    )


def _page(of: Kind, row: models.Model, words: Words, **about: Any) -> Page:
    will = [str(sentence) for sentence in words.will]
    return of.page(row, title=str(words.title), button=str(words.title), will=will, **about)
