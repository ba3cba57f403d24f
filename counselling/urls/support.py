"""Danger now, self-check, supporters and how to reach one."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
