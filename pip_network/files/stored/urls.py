"""Addresses of uploads."""

from django.urls import path

from . import views

urlpatterns = [
    path("uploads/", views.create, name="uploads"),
    path("uploads/<uuid:pk>/", views.upload, name="upload"),
]
