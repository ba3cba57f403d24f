"""Offices, cover, what commanders record, what may be known."""

from __future__ import annotations

from django.urls import URLPattern, path

from counselling.views import cover, incidents, offices, trends, unopened, welfare

urlpatterns: list[URLPattern] = [
    path("w/offices/", offices.directory, name="phone_offices"),
    path("wellbeing/offices/", offices.offices, name="offices"),
    path("wellbeing/offices/new/", offices.new, name="office_new"),
    path("wellbeing/offices/<str:ref>/", offices.change, name="office"),
    path("wellbeing/offices/<str:ref>/close/", offices.close, name="office_close"),
    path("wellbeing/cover/", cover.cover, name="cover"),
    path("wellbeing/cover/<str:code>/", cover.cover_of, name="cover_of"),
    path("wellbeing/welfare/", welfare.welfare, name="welfare"),
    path("wellbeing/welfare/<str:code>/", welfare.unit, name="welfare_unit"),
    path("wellbeing/welfare/<str:code>/room/", welfare.record, {"what": "provision"}, name="welfare_provision"),
    path("wellbeing/welfare/<str:code>/practice/", welfare.record, {"what": "practice"}, name="welfare_practice"),
    path("wellbeing/welfare/<str:code>/group/", welfare.record, {"what": "group"}, name="welfare_group"),
    path("wellbeing/groups/<str:ref>/count/", welfare.group, {"what": "count"}, name="group_count"),
    path("wellbeing/groups/<str:ref>/end/", welfare.group, {"what": "end"}, name="group_end"),
    path("wellbeing/confirm/provision/<str:ref>/", welfare.decide, {"kind": "provision"}, name="confirm_provision"),
    path("wellbeing/confirm/practice/<str:ref>/", welfare.decide, {"kind": "practice"}, name="confirm_practice"),
    path("wellbeing/incidents/", incidents.incidents, name="incidents"),
    path("wellbeing/incidents/new/", incidents.new, name="incident_new"),
    path("wellbeing/incidents/<str:ref>/", incidents.incident, name="incident"),
    path("wellbeing/incidents/<str:ref>/posted/", incidents.posted, name="incident_posted"),
    path("wellbeing/incidents/<str:ref>/withdraw/", incidents.withdraw, name="incident_withdraw"),
    path("w/trends/", trends.short, name="trends_short"),
    path("wellbeing/trends/", trends.trends, name="trends"),
    path("wellbeing/trends/quarters/", trends.quarters, name="quarters"),
    path("wellbeing/unopened/", unopened.unopened, name="unopened"),
    path("wellbeing/trends/<slug:code>/", trends.trends, name="trends_of"),
    path("wellbeing/trends/<slug:code>/publish/", trends.publish, name="publish"),
]
