"""What states of cohorts, names and trainees are called on pages, and the tone of their chips."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

COHORTS: Words = {
    "planned": _("planned"),
    "open": _("names are taken"),
    "called": _("trainees called"),
    "running": _("running"),
    "finished": _("finished"),
    "cancelled": _("cancelled"),
}
COHORT_TONES = {
    "planned": "off", "open": "wait", "called": "wait", "running": "info", "finished": "good", "cancelled": "bad",
}  # fmt: skip
NAMES: Words = {
    "asked": _("waits for the commander"),
    "proposed": _("waits for the institution"),
    "waiting": _("on the waiting list"),
    "accepted": _("has a seat"),
    "refused": _("refused"),
    "withdrawn": _("taken back"),
}
NAME_TONES = {
    "asked": "wait", "proposed": "wait", "waiting": "wait", "accepted": "good", "refused": "bad", "withdrawn": "off",
}  # fmt: skip
TRAINEES: Words = {
    "called": _("called"),
    "joined": _("on the course"),
    "no-show": _("did not come"),
    "left": _("left"),
    "passed": _("passed"),
    "failed": _("not passed"),
}
TRAINEE_TONES = {
    "called": "wait", "joined": "info", "no-show": "bad", "left": "off", "passed": "good", "failed": "bad",
}  # fmt: skip
# What a cohort's trainees are filtered by: each state, and those who came, whatever became of it.
CAME = "came"
FILTERS: dict[str, tuple[str, ...]] = {CAME: ("joined", "passed", "failed"), **{each: (each,) for each in TRAINEES}}
FILTER_WORDS: Words = {CAME: _("joined"), **TRAINEES}
STANDING = ("asked", "proposed", "waiting", "accepted")
SOURCES: Words = {
    "commander": _("put forward by the commander"),
    "own": _("asked for by the officer"),
    "plan": _("called by the plan"),
}
FORMS: Words = {"course": _("course"), "group-series": _("group series"), "workshop": _("workshop")}
PENS: Words = {
    "planned": _("whoever runs the training: open it for names"),
    "open": _("commanders put names forward; whoever runs the training gives the seats"),
    "called": _("whoever runs the training: record on the first day who came"),
    "running": _("facilitators take the roll; whoever runs the training enters the results"),
    "finished": _("nobody; a wrong result is corrected with a paper"),
    "cancelled": _("nobody"),
}
