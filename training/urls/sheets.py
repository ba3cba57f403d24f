"""Addresses of the sheets to fill in; those that come back stand under `training/sheets/` (see `hcims.urls`)."""

from django.urls import path

from training.views import sheets

urlpatterns = [
    path("training/cohorts/<slug:ref>/register.xlsx", sheets.blank, {"kind": "register"}, name="register"),
    path("training/cohorts/<slug:ref>/results.xlsx", sheets.blank, {"kind": "results"}, name="results_sheet"),
]
