"""Contacts of peer support, logged on a phone."""

from __future__ import annotations

from django.urls import URLPattern, path

from counselling.views import inbox, own, phone

urlpatterns: list[URLPattern] = [
    path("w/", phone.phone, name="phone"),
    path("w/out/", phone.out, name="phone_out"),
    path("w/manifest.webmanifest", phone.manifest, name="manifest"),
    path("w/sw.js", phone.worker, name="service_worker"),
    path("w/enrol/", own.enrol, name="enrol"),
    path("w/enrol/<str:ref>/end/", own.end_phone, name="end_phone"),
    path("w/mine/", own.mine, name="mine"),
    path("w/mine/<int:key>/strike-out/", own.strike_out, name="strike_out"),
    path("w/tally/", own.tally, name="tally"),
    path("w/inbox/", inbox.inbox, name="inbox"),
]
