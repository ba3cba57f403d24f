"""The stations' word beside a page of figures: so that a stale roll is not taken for a vacancy on any of them."""

from __future__ import annotations

from django.urls import reverse

from deployment.perspective import Perspective
from deployment.queries.confirmations import Word, stations_word
from deployment.queries.viewed import Rules
from deployment.strength import Question


def word_beside(code: str, look: Perspective, question: Question, rules: Rules) -> Word:
    """How far the figures of the unit of that code are confirmed, with the list of its stations."""
    there = Perspective(look.on, look.today, place=look.place, alone=look.alone)
    return stations_word(question, rules, reverse("deployment:confirmed", args=[code]) + there.query())
