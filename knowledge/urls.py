from django.urls import path

from knowledge import views
from knowledge.works import views as works

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/<slug:code>/", works.work, name="work"),
]
