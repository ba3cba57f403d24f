"""The addresses that the sealed pages ask (`/counselling/api/`, docs/counselling/api.md), and the log of who read which case."""

from __future__ import annotations

from django.urls import URLPattern, path

from counselling.views import readings
from counselling.views.sealed import cases, openings, own, sharing
from counselling.views.sealed.answering import deeds
from hcims.access.permissions import Permission

API = "counselling/api/"
CASE = f"{API}cases/<str:ref>/"
case_deeds = deeds(
    Permission.COUNSEL,
    texts=cases.texts,
    face=cases.face,
    sessions=cases.sessions,
    review=cases.review,
    waited=cases.waited,
    close=cases.close,
    reopen=cases.reopen,
    erase=cases.erase,
    readings=cases.log,
    grants=sharing.grants,
    handover=sharing.handover,
    rekey=sharing.rekey,
    referrals=sharing.refer,
)
urlpatterns: list[URLPattern] = [
    path("wellbeing/readings/", readings.readings, name="readings"),
    path(f"{API}me/", own.me, name="api_me"),
    path(f"{API}keys/", own.propose, name="api_keys"),
    path(f"{API}keys/<str:ref>/relock/", own.relock, name="api_relock"),
    path(f"{API}readers/", own.readers, name="api_readers"),
    path(f"{API}cases/", cases.many, name="api_cases"),
    path(CASE, cases.one, name="api_case"),
    path(f"{CASE}<str:deed>/", case_deeds, name="api_case_deed"),
    path(f"{CASE}texts/<str:text>/", cases.text, name="api_text"),
    path(f"{CASE}grants/<str:user>/end/", sharing.end_grant, name="api_end_grant"),
    path(f"{API}referrals/", sharing.referrals, name="api_referrals"),
    path(f"{API}referrals/<str:ref>/", sharing.referral, name="api_referral"),
    path(f"{API}openings/", openings.many, name="api_openings"),
    path(f"{API}openings/<str:ref>/<str:deed>/", openings.one, name="api_opening_deed"),
    path(f"{API}custody/", openings.custody, name="api_custody"),
    path(f"{API}custody/<str:deed>/", openings.own_custody, name="api_custody_deed"),
]
