"""Danger now, self-check, supporters and how to reach one."""

from __future__ import annotations

from django.urls import URLPattern, path

from counselling.views import help

urlpatterns: list[URLPattern] = [
    path("w/now/", help.now, name="now"),
    path("w/words/", help.words, name="words"),
]
