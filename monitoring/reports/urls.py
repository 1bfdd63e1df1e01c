from django.urls import path

from monitoring.reports.views import figures, reports

urlpatterns = [
    path("reports/", reports.report_list, name="reports"),
    path("reports/new/", reports.report_new, name="report-new"),
    path("reports/<uuid:pk>/", reports.report, name="report"),
    path("reports/<uuid:pk>/cancel/", reports.report_cancel, name="report-cancel"),
    path("reports/<uuid:pk>/rebuild/", reports.report_rebuild, name="report-rebuild"),
    path("reports/<uuid:pk>/<str:name>", reports.report_file, name="report-file"),
    path("figures/<str:key>/", figures.figure, name="figure"),
    path("figures/<str:key>/rows.csv", figures.figure_rows, name="figure-rows"),
]
