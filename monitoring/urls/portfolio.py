from django.urls import path

from monitoring.views import portfolio

urlpatterns = [
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("portfolio/refresh/", portfolio.portfolio_refresh, name="portfolio-refresh"),
]
