from django.urls import path

from monitoring.manual import views

urlpatterns = [
    path("manual/", views.contents, name="manual"),
    path("manual/manual-<slug:language>.pdf", views.paper, name="manual-paper"),
    path("manual/<path:key>/", views.chapter, name="manual-chapter"),
]
