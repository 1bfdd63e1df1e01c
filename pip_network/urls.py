"""The root of all addresses: rooms are included, nothing is decided here."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("projects.urls")),
    path("", include("monitoring.urls")),
    path("", include("workshops.urls")),
    path("", include("knowledge.urls")),
]
