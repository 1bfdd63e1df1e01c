from django.urls import path

from monitoring.targets import views

PROJECT = "targets/<str:project>/"

urlpatterns = [
    path(PROJECT, views.targets, name="targets"),
    path(PROJECT + "agree/", views.agree, name="targets-agree"),
    path(PROJECT + "send-back/", views.send_back, name="targets-send-back"),
    path(PROJECT + "proposals/<int:number>/withdraw/", views.withdraw, name="targets-withdraw"),
    path(PROJECT + "indicators/<str:indicator>/", views.propose, name="targets-propose"),
]
