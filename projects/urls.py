from django.urls import path

from projects.views import lists, pages

urlpatterns = [
    path("projects/", lists.projects, name="projects"),
    path("projects/<str:code>/", pages.project, name="project"),
    path("networks/", lists.networks, name="networks"),
    path("networks/<str:code>/", pages.network, name="network"),
    path("countries/", lists.countries, name="countries"),
    path("countries/<str:iso2>/", pages.country, name="country"),
    path("institutions/", lists.institutions, name="institutions"),
    path("institutions/<slug:slug>/", pages.institution, name="institution"),
]
