from django.urls import path

from monitoring.portfolio import views

urlpatterns = [
    path("portfolio/", views.portfolio, name="portfolio"),
    path("portfolio/refresh/", views.portfolio_refresh, name="portfolio-refresh"),
]
