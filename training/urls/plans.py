"""The roll-out of a command, and plans of whom to call next."""

from __future__ import annotations

from django.urls import URLPattern, path

from training.views import plans

urlpatterns: list[URLPattern] = [
    path("training/rollout/", plans.rollout, name="rollout"),
    path("training/cohorts/<slug:ref>/plan/", plans.new, name="new_plan"),
    path("training/plans/<slug:ref>/", plans.plan, name="plan"),
    path("training/plans/<slug:ref>/call/", plans.call, name="call_plan"),
    path("training/plans/<slug:ref>/put-in/", plans.put_in, name="put_in"),
    path("training/plans/<slug:ref>/officers/<str:number>/", plans.change, name="change_call"),
]
