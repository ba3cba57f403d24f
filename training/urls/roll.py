"""Meetings and rolls. Everything under /training/roll/ lies in the scope of the phone's service worker."""

from __future__ import annotations

from django.urls import URLPattern, path

from training.views import meetings, roll

urlpatterns: list[URLPattern] = [
    path("training/roll/", roll.phone, name="roll"),
    path("training/roll/sw.js", roll.worker, name="roll_worker"),
    path("training/roll/list/", roll.listed, name="roll_list"),
    path("training/roll/marks/", roll.marks, name="roll_marks"),
    path("training/cohorts/<slug:ref>/meetings/", meetings.meetings, name="meetings"),
    path("training/cohorts/<slug:ref>/meetings/propose/", meetings.propose, name="propose_meetings"),
    path("training/cohorts/<slug:ref>/meetings/add/", meetings.add, name="add_meeting"),
    path("training/meetings/<slug:ref>/", meetings.roll, name="meeting_roll"),
    path("training/meetings/<slug:ref>/change/", meetings.change, name="change_meeting"),
    path("training/meetings/<slug:ref>/cancel/", meetings.cancel, name="cancel_meeting"),
]
