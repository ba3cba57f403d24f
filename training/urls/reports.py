"""Addresses of the reports."""

from django.urls import path

from training.views import reports

urlpatterns = [
    path("training/reports/", reports.reports, name="reports"),
    path("training/reports/trainees/", reports.trainees, name="report_trainees"),
]
