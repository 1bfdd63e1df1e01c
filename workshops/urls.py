from django.urls import path

from workshops import views

urlpatterns = [
    path("workshops/", views.workshops, name="workshops"),
    path("workshops/<slug:slug>/", views.workshop, name="workshop"),
]
