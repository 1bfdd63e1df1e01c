from django.urls import path

from monitoring.views import catalogue

urlpatterns = [
    path("indicators/", catalogue.indicators, name="indicators"),
    path("indicators/method/", catalogue.method, name="method"),
    path("indicators/variables/<str:code>/", catalogue.variable, name="variable"),
    path("indicators/<str:code>/", catalogue.indicator, name="indicator"),
]
