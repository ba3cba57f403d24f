"""Who is trained and still serving, and which wards that covers."""

from __future__ import annotations

from django.urls import URLPattern, path

from training.views import cover

urlpatterns: list[URLPattern] = [
    path("training/cover/", cover.cover, name="cover"),
    path("training/cover/<str:code>/", cover.cover, name="cover_of"),
    path("training/cover/<str:code>/officers/", cover.trained, name="trained"),
]
