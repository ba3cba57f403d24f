"""Addresses of this module, one file an area. Fixed words come before `<ref>`."""

app_name = "training"
urlpatterns: list = []
