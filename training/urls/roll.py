"""The roll on a phone. Everything under /training/roll/ lies in the scope of its service worker."""

from __future__ import annotations

from django.urls import URLPattern, path

from training.views import roll

urlpatterns: list[URLPattern] = [
    path("training/roll/", roll.phone, name="roll"),
    path("training/roll/sw.js", roll.worker, name="roll_worker"),
    path("training/roll/list/", roll.listed, name="roll_list"),
    path("training/roll/marks/", roll.marks, name="roll_marks"),
]
