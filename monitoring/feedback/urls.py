from django.urls import path

from . import views

PROJECT = "feedback/<str:project>/"

urlpatterns = [
    path(PROJECT, views.feedback, name="feedback"),
    path(PROJECT + "jobs/<uuid:pk>/<str:name>", views.feedback_file, name="feedback-file"),
    path(PROJECT + "<str:subject>/", views.feedback_page, name="feedback-page"),
    path(PROJECT + "<str:subject>/page.pdf", views.feedback_paper, name="feedback-paper"),
]
