"""Addresses of this module, one file an area. Fixed words come before `<ref>`."""

from training.urls import institutions

app_name = "training"
urlpatterns = [
    *institutions.urlpatterns,
]
