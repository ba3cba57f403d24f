"""Danger now, self-check, supporters and how to reach one."""

from __future__ import annotations

from django.urls import URLPattern, path

from counselling.views import calls, help, people, register
from counselling.views import words_and_lines as kept

urlpatterns: list[URLPattern] = [
    path("w/now/", help.now, name="now"),
    path("w/check/", help.check, name="check"),
    path("w/words/", help.words, name="words"),
    path("w/people/", people.people, name="people"),
    path("w/directory.json", people.directory_file, name="directory"),
    path("w/people/<slug:ref>/", calls.ask, name="ask_call"),
    path("w/calls/", calls.calls, name="calls"),
    path("w/calls/phone/", calls.use_phone, name="use_phone"),
    path("w/calls/stop/", calls.stop_calls, name="stop_calls"),
    path("w/calls/<int:key>/", calls.answered, name="answered_call"),
    path("w/me/", people.my_profile, name="my_profile"),
    path("wellbeing/supporters/", register.supporters, name="supporters"),
    path("wellbeing/supporters/add/", register.add_supporter, name="add_supporter"),
    path("wellbeing/supporters/<slug:ref>/", register.supporter, name="supporter"),
    path("wellbeing/supporters/<slug:ref>/area/", register.move_supporter, name="move_supporter"),
    path("wellbeing/supporters/<slug:ref>/training/", register.add_training, name="add_training"),
    path("wellbeing/supporters/<slug:ref>/supervision/", register.add_supervision, name="add_supervision"),
    path("wellbeing/supporters/<slug:ref>/end/", register.end_supporter, name="end_supporter"),
    path("wellbeing/lines/", kept.lines, name="lines"),
    path("wellbeing/lines/add/", kept.add_line, name="add_line"),
    path("wellbeing/lines/<slug:ref>/", kept.change_line, name="change_line"),
    path("wellbeing/lines/<slug:ref>/tried/", kept.tried, name="tried_line"),
    path("wellbeing/lines/<slug:ref>/end/", kept.end_line, name="end_line"),
    path("wellbeing/words/", kept.all_words, name="all_words"),
    path("wellbeing/words/new/", kept.new_words, name="new_words"),
]
