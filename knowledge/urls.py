from django.urls import path

from knowledge import views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/<slug:number>/", views.work, name="work"),
]
