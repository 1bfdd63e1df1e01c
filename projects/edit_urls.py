"""Addresses of the registry's forms.

They come before the pages: `new` and `duplicates` are no codes, which are capitals.
"""

from django.urls import path

from projects.acts import firms as of_firms
from projects.acts import institutions as of_institutions
from projects.acts import networks as of_networks
from projects.acts import projects as of_projects
from projects.views import firm
from projects.views.edit import firms, institutions, memberships, merging, networks, projects

urlpatterns = [
    path("projects/new/", projects.new, name="project-new"),
    path("projects/<str:code>/edit/", projects.do, {"act": of_projects.EDIT}, name="project-edit"),
    path(
        "projects/<str:code>/archive/",
        projects.do,
        {"act": of_projects.ARCHIVE},
        name="project-archive",
    ),
    path(
        "projects/<str:code>/restore/",
        projects.do,
        {"act": of_projects.RESTORE},
        name="project-restore",
    ),
    path("projects/<str:code>/networks/new/", networks.new, name="network-new"),
    path("networks/<str:code>/edit/", networks.do, {"act": of_networks.EDIT}, name="network-edit"),
    path(
        "networks/<str:code>/dissolve/",
        networks.do,
        {"act": of_networks.DISSOLVE},
        name="network-dissolve",
    ),
    path(
        "networks/<str:code>/reinstate/",
        networks.do,
        {"act": of_networks.REINSTATE},
        name="network-reinstate",
    ),
    path(
        "networks/<str:code>/archive/",
        networks.do,
        {"act": of_networks.ARCHIVE},
        name="network-archive",
    ),
    path(
        "networks/<str:code>/restore/",
        networks.do,
        {"act": of_networks.RESTORE},
        name="network-restore",
    ),
    path("networks/<str:code>/firms/new/", firms.new, name="firm-new"),
    path("institutions/new/", institutions.new, name="institution-new"),
    path(
        "institutions/<slug:slug>/edit/",
        institutions.do,
        {"act": of_institutions.EDIT},
        name="institution-edit",
    ),
    path(
        "institutions/<slug:slug>/describe/",
        institutions.do,
        {"act": of_institutions.DESCRIBE},
        name="institution-describe",
    ),
    path(
        "institutions/<slug:slug>/archive/",
        institutions.do,
        {"act": of_institutions.ARCHIVE},
        name="institution-archive",
    ),
    path(
        "institutions/<slug:slug>/restore/",
        institutions.do,
        {"act": of_institutions.RESTORE},
        name="institution-restore",
    ),
    path("firms/duplicates/", merging.proposed, name="firm-duplicates"),
    path("firms/<str:code>/", firm.firm, name="firm"),
    path("firms/<str:code>/edit/", firms.do, {"act": of_firms.EDIT}, name="firm-edit"),
    path("firms/<str:code>/close/", firms.do, {"act": of_firms.CLOSE}, name="firm-close"),
    path("firms/<str:code>/reopen/", firms.do, {"act": of_firms.REOPEN}, name="firm-reopen"),
    path("firms/<str:code>/archive/", firms.do, {"act": of_firms.ARCHIVE}, name="firm-archive"),
    path("firms/<str:code>/restore/", firms.do, {"act": of_firms.RESTORE}, name="firm-restore"),
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
