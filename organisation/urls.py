"""Addresses of the organisation's pages: units, then establishment."""

from django.urls import path

from organisation.views import establishment, units

app_name = "organisation"

urlpatterns = [
    path("units/", units.units, name="units"),
    path("establishment/", establishment.establishment, name="establishment"),
    path("establishment/new/", establishment.draft_version, name="draft_version"),
]
