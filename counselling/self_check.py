"""The questionnaires one can put to oneself: words, options, and how sums are read. Scored on the phone, kept nowhere.

Source: PHQ-9 and GAD-7: Spitzer, Williams, Kroenke and colleagues (1999, 2006), free of charge, cut-offs from the
authors' instruction manual. K10: Kessler and colleagues (2002); bands of the Australian Bureau of Statistics (2001).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Option:
    """An answer and what it counts."""

    points: int
    label: Any


@dataclass(frozen=True)
class Band:
    """What a sum means, from one number to another, and what to do about it."""

    lowest: int
    highest: int
    label: Any
    advice: Any
    needs_help: bool = False


@dataclass(frozen=True)
class Questionnaire:
    """Everything that the page shows of one questionnaire."""

    code: str
    name: Any
    about: Any
    lead: Any
    items: tuple[Any, ...]
    options: tuple[Option, ...]
    bands: tuple[Band, ...]
    credit: Any
    danger_item: int = 0  # counted from 1: an answer above the lowest leads to "danger now"


FEW = _("Look after sleep, food, movement and company. Check again in two weeks if it stays on your mind.")
TALK = _("Talk to somebody you trust, or to a peer supporter, this week.")
COUNSELLOR = _("Talk to a counsellor in the next days. A peer supporter can go with you.")
SOON = _("See a counsellor or a doctor today or tomorrow. This can be treated.")

HOW_OFTEN = (
    Option(0, _("Not at all")),
    Option(1, _("Several days")),
    Option(2, _("More than half the days")),
    Option(3, _("Nearly every day")),
)
HOW_MUCH_OF_THE_TIME = (
    Option(1, _("None of the time")),
    Option(2, _("A little of the time")),
    Option(3, _("Some of the time")),
    Option(4, _("Most of the time")),
    Option(5, _("All of the time")),
)
TWO_WEEKS = _("Over the last two weeks, how often have you been bothered by any of these?")
PFIZER = _(
    "Developed by Drs Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from "
    "Pfizer Inc. No permission is required to reproduce, translate, display or distribute it."
)

PHQ9 = Questionnaire(
    "phq9",
    _("Mood (PHQ-9)"),
    _("Nine questions about low mood."),
    TWO_WEEKS,
    (
        _("Little interest or pleasure in doing things"),
        _("Feeling down, depressed, or hopeless"),
        _("Trouble falling or staying asleep, or sleeping too much"),
        _("Feeling tired or having little energy"),
        _("Poor appetite or overeating"),
        _("Feeling bad about yourself, or that you are a failure or have let yourself or your family down"),
        _("Trouble concentrating on things, such as reading the newspaper or watching television"),
        _(
            "Moving or speaking so slowly that other people could have noticed; or the opposite: being so fidgety or "
            "restless that you have been moving around a lot more than usual"
        ),
        _("Thoughts that you would be better off dead, or of hurting yourself in some way"),
    ),
    HOW_OFTEN,
    (
        Band(0, 4, _("Few or no signs of low mood"), FEW),
        Band(5, 9, _("Mild"), TALK),
        Band(10, 14, _("Moderate"), COUNSELLOR, True),
        Band(15, 19, _("Moderately severe"), SOON, True),
        Band(20, 27, _("Severe"), SOON, True),
    ),
    PFIZER,
    danger_item=9,
)
GAD7 = Questionnaire(
    "gad7",
    _("Worry (GAD-7)"),
    _("Seven questions about worry and tension."),
    TWO_WEEKS,
    (
        _("Feeling nervous, anxious or on edge"),
        _("Not being able to stop or control worrying"),
        _("Worrying too much about different things"),
        _("Trouble relaxing"),
        _("Being so restless that it is hard to sit still"),
        _("Becoming easily annoyed or irritable"),
        _("Feeling afraid as if something awful might happen"),
    ),
    HOW_OFTEN,
    (
        Band(0, 4, _("Few or no signs of worry"), FEW),
        Band(5, 9, _("Mild"), TALK),
        Band(10, 14, _("Moderate"), COUNSELLOR, True),
        Band(15, 21, _("Severe"), SOON, True),
    ),
    PFIZER,
)
K10 = Questionnaire(
    "k10",
    _("Distress (K10)"),
    _("Ten questions about how hard the last month was."),
    _("During the last 30 days, about how often did you feel…"),
    (
        _("tired out for no good reason?"),
        _("nervous?"),
        _("so nervous that nothing could calm you down?"),
        _("hopeless?"),
        _("restless or fidgety?"),
        _("so restless you could not sit still?"),
        _("depressed?"),
        _("that everything was an effort?"),
        _("so sad that nothing could cheer you up?"),
        _("worthless?"),
    ),
    HOW_MUCH_OF_THE_TIME,
    (
        Band(10, 15, _("Low distress"), FEW),
        Band(16, 21, _("Moderate distress"), TALK),
        Band(22, 29, _("High distress"), COUNSELLOR, True),
        Band(30, 50, _("Very high distress"), SOON, True),
    ),
    _(
        "Kessler Psychological Distress Scale (K10): Ronald C. Kessler, Harvard Medical School. Free to use with this credit."
    ),
)
QUESTIONNAIRES = (PHQ9, GAD7, K10)
