"""The root of all addresses: rooms are included, nothing is decided here."""

from django.urls import include, path

from monitoring import guards
from pip_network import accounts, administration, api, health, home, language, progress

health.QUESTIONS["guards"] = lambda: ", ".join(f"missing: {name}" for name in guards.missing())

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", home.home, name="home"),
    path("account/", accounts.account, name="account"),
    path("accounts/", include("allauth.urls")),
    path("admin/", administration.site.urls),
    path("api/v1/projects", api.projects, name="api-projects"),
    path("jobs/<uuid:pk>/", progress.job, name="job"),
    path("language/", language.choose, name="language"),
    path("", include("projects.urls")),
    path("", include("monitoring.urls")),
    path("", include("workshops.urls")),
    path("", include("knowledge.urls")),
]
