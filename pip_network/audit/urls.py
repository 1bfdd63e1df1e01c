from django.urls import path

from pip_network.audit import views

urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("audit/<int:pk>/", views.audit_event, name="audit-event"),
]
