"""Addresses of the registry's forms.

They come before the pages: `new` and `duplicates` are no codes, which are capitals.
"""

from django.urls import path

from projects.views import firm
from projects.views.edit import (
    archiving,
    firms,
    institutions,
    memberships,
    merging,
    networks,
    projects,
)

urlpatterns = [
    path("projects/new/", projects.new, name="project-new"),
    path("projects/<str:code>/edit/", projects.edit, name="project-edit"),
    path(
        "projects/<str:code>/archive/",
        archiving.archive,
        {"kind": "project"},
        name="project-archive",
    ),
    path(
        "projects/<str:code>/restore/",
        archiving.restore,
        {"kind": "project"},
        name="project-restore",
    ),
    path("projects/<str:code>/networks/new/", networks.new, name="network-new"),
    path("networks/<str:code>/edit/", networks.edit, name="network-edit"),
    path("networks/<str:code>/dissolve/", networks.dissolve, name="network-dissolve"),
    path("networks/<str:code>/reinstate/", networks.reinstate, name="network-reinstate"),
    path(
        "networks/<str:code>/archive/",
        archiving.archive,
        {"kind": "network"},
        name="network-archive",
    ),
    path(
        "networks/<str:code>/restore/",
        archiving.restore,
        {"kind": "network"},
        name="network-restore",
    ),
    path("networks/<str:code>/firms/new/", firms.new, name="firm-new"),
    path("institutions/new/", institutions.new, name="institution-new"),
    path("institutions/<slug:slug>/edit/", institutions.edit, name="institution-edit"),
    path(
        "institutions/<slug:slug>/archive/",
        archiving.archive,
        {"kind": "institution"},
        name="institution-archive",
    ),
    path(
        "institutions/<slug:slug>/restore/",
        archiving.restore,
        {"kind": "institution"},
        name="institution-restore",
    ),
    path("firms/duplicates/", merging.proposed, name="firm-duplicates"),
    path("firms/<str:code>/", firm.firm, name="firm"),
    path("firms/<str:code>/edit/", firms.edit, name="firm-edit"),
    path("firms/<str:code>/close/", firms.close, name="firm-close"),
    path("firms/<str:code>/reopen/", firms.reopen, name="firm-reopen"),
    path("firms/<str:code>/archive/", firms.archive, name="firm-archive"),
    path("firms/<str:code>/restore/", firms.restore, name="firm-restore"),
    path("firms/<str:code>/anonymise/", firms.anonymise, name="firm-anonymise"),
    path("firms/<str:code>/join/", memberships.join, name="firm-join"),
    path("firms/<str:code>/memberships/<int:pk>/", memberships.mend, name="membership-edit"),
    path(
        "firms/<str:code>/memberships/<int:pk>/leave/", memberships.leave, name="membership-leave"
    ),
    path("firms/<str:code>/memberships/<int:pk>/stay/", memberships.stay, name="membership-stay"),
    path(
        "firms/<str:code>/memberships/<int:pk>/never/", memberships.unjoin, name="membership-never"
    ),
    path("firms/<str:code>/merge/<str:other>/", merging.merge, name="firm-merge"),
    path("firms/<str:code>/split/<str:other>/", merging.split, name="firm-split"),
    path("firms/<str:code>/not/<str:other>/", merging.tell_apart, name="firm-not-same"),
    path("firms/<str:code>/maybe/<str:other>/", merging.maybe_same, name="firm-maybe-same"),
]
