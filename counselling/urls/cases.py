"""Cases sealed in the browser, and the custodians' keys."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
