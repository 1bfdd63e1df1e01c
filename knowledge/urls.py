from django.urls import path

from knowledge.search import views as search
from knowledge.works import views as works

urlpatterns = [
    path("library/", search.library, name="library"),
    path("library/<slug:code>/", works.work, name="work"),
]
