"""The sealed documents; their scripts ask the addresses of `sealed_api`."""

from __future__ import annotations

from django.urls import URLPattern, path

from counselling.views import documents

urlpatterns: list[URLPattern] = [
    path("counselling/", documents.cases, name="cases"),
    path("counselling/keys/", documents.custody, name="custody"),
    path("counselling/openings/", documents.openings, name="openings"),
]
