from django.urls import include, path

urlpatterns = [
    path("", include("monitoring.urls.entry")),
    path("", include("monitoring.urls.review")),
    path("", include("monitoring.urls.catalogue")),
    path("", include("monitoring.urls.portfolio")),
    path("", include("monitoring.urls.reports")),
]
