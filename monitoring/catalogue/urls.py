from django.urls import path

from monitoring.catalogue import views

urlpatterns = [
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/method/", views.method, name="method"),
    path("indicators/variables/<str:code>/", views.variable, name="variable"),
    path("indicators/<str:code>/", views.indicator, name="indicator"),
]
