"""Addresses of this module, one file an area. Fixed words come before `<ref>`: the officer's own pages stand last."""

from django.urls import URLPattern

app_name = "transfers"
urlpatterns: list[URLPattern] = []
