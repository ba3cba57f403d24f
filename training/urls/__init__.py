"""Addresses of this module, one file an area. Fixed words come before `<ref>`."""

from training.urls import cohorts, cover, institutions, reports, roll, sheets

app_name = "training"
urlpatterns = [
    *cohorts.urlpatterns,
    *cover.urlpatterns,
    *institutions.urlpatterns,
    *reports.urlpatterns,
    *roll.urlpatterns,
    *sheets.urlpatterns,
]
