from django.urls import path

from projects.edit_urls import urlpatterns as editing
from projects.views import lists, pages

urlpatterns = [
    *editing,  # before the pages: what their forms are called is no code
    path("projects/", lists.projects, name="projects"),
    path(
        "projects/documented/", pages.documented, name="documented-projects"
    ),  # before the codes: those are capitals
    path("projects/<str:code>/", pages.project, name="project"),
    path("networks/", lists.networks, name="networks"),
    path("networks/<str:code>/", pages.network, name="network"),
    path("firms/", lists.firms, name="firms"),
    path("typologies/", pages.typologies, name="typologies"),
    path("typologies/<str:code>/", pages.typology, name="typology"),
    path("countries/", lists.countries, name="countries"),
    path("countries/<str:iso2>/", pages.country, name="country"),
    path("institutions/", lists.institutions, name="institutions"),
    path("institutions/<slug:slug>/", pages.institution, name="institution"),
]
