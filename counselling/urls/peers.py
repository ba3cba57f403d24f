"""Contacts of peer support, logged on a phone."""

from __future__ import annotations

from django.urls import URLPattern, path

from counselling.views import inbox

urlpatterns: list[URLPattern] = [
    path("w/inbox/", inbox.inbox, name="inbox"),
]
