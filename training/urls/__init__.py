"""Addresses of this module, one file an area. Fixed words come before `<ref>`."""

from training.urls import institutions, reports

app_name = "training"
urlpatterns = [
    *institutions.urlpatterns,
    *reports.urlpatterns,
]
