from django.urls import path

from . import views

WORKBOOK = "monitoring/<str:project>/<str:round_code>/workbook/"
UPLOAD = WORKBOOK + "<uuid:pk>/"

urlpatterns = [
    path("monitoring/<str:project>/past-rounds/", views.past_rounds, name="past-rounds"),
    path("monitoring/<str:project>/data.<str:extension>", views.project_data, name="project-data"),
    path(WORKBOOK, views.workbook, name="workbook"),
    path(WORKBOOK + "file.<str:extension>", views.workbook_file, name="workbook-file"),
    path(UPLOAD, views.preview, name="workbook-preview"),
    path(UPLOAD + "confirm/", views.confirm, name="workbook-confirm"),
    path(UPLOAD + "take-back/", views.take_back, name="workbook-take-back"),
    path(UPLOAD + "marked.xlsx", views.marked, name="workbook-marked"),
]
