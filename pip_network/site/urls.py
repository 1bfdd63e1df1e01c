"""The root of all addresses: rooms are included, nothing is decided here."""

from django.urls import include, path

from pip_network.administration.site import site
from pip_network.jobs import progress
from pip_network.people.views import account
from pip_network.running import health
from pip_network.running.metrics import page as metrics
from pip_network.site import api, personal_calendar, search, sitemaps
from pip_network.site.home import help as guide
from pip_network.site.home import pages, start
from pip_network.web import language

handler500 = "pip_network.web.errors.failed"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("figures/", pages.figures, name="figures"),
    path("contact/", pages.contact, name="contact"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("components/", pages.components, name="components"),
    path("help/", guide.index, name="help"),
    path("help/<slug:slug>/", guide.guide, name="guide"),
    path("search/", search.search, name="search"),
    path("start/", start.start, name="start"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path(".well-known/security.txt", sitemaps.security, name="security-txt"),
    path("manifest.webmanifest", sitemaps.manifest, name="manifest"),
    path("favicon.ico", sitemaps.favicon, name="favicon"),
    path("account/", account.account, name="account"),
    path("accounts/", account.index, name="account-index"),
    *(
        path(f"accounts/{address}", account.closed, name=name)
        for name, address in account.CLOSED.items()
    ),
    path("accounts/sessions/<int:pk>/end/", account.end_session, name="session-end"),
    path("accounts/", include("allauth.urls")),
    path("admin/", site.urls),
    path("", include("pip_network.audit.urls")),
    path("api/v1/projects", api.projects, name="api-projects"),
    path("api/v1/lessons", api.lessons, name="api-lessons"),
    path("api/v1/works", api.works, name="api-works"),
    path("calendar/<str:key>.ics", personal_calendar.calendar, name="personal-calendar"),
    path("jobs/<uuid:pk>/", progress.job, name="job"),
    path("language/", language.choose, name="language"),
    path("", include("pip_network.files.stored.urls")),
    path("", include("pip_network.people.urls")),
    path("", include("projects.urls")),
    path("", include("monitoring.workbook.urls")),
    path("", include("monitoring.entry.urls")),
    path("", include("monitoring.entry.review_urls")),
    path("", include("monitoring.catalogue.urls")),
    path("", include("monitoring.manual.urls")),
    path("", include("monitoring.portfolio.urls")),
    path("", include("monitoring.reports.urls")),
    path("", include("monitoring.targets.urls")),
    path("", include("monitoring.feedback.urls")),
    path("", include("workshops.urls")),
    path("", include("knowledge.urls")),
]
