"""What a station's phone sent, and what was done about an answer of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from deployment.models import Posting, ReturnAnswer
from hcims.ui.forms import Form

NUMBER = re.compile(r"[0-9A-Za-z/-]*[0-9][0-9A-Za-z/-]*")  # letters may stand in it, a figure must
LONGEST = 20


class ResolveForm(Form):
    resolution = forms.CharField(label=_l("What was done"), max_length=200)


@dataclass(frozen=True)
class Answers:
    """What the phone sent: odd answers by officer, the newcomers' numbers, and what is wrong with these."""

    odd: dict[int, tuple[str, str]]
    newcomers: list[tuple[str, str]]
    problems: list[str]


def answers_in(data: Mapping[str, str], people: Sequence[Posting]) -> Answers:
    """Unknown answers count as "here". A newcomer's number is asked for again where it cannot be one, or is on the list."""
    odd = {}
    for posting in people:
        answer = data.get(f"answer-{posting.ref}", ReturnAnswer.HERE)
        if answer in (ReturnAnswer.GONE, ReturnAnswer.WRONG):
            odd[posting.officer_id] = (answer, data.get(f"note-{posting.ref}", "").strip()[:200])
    written = (each.strip() for each in data.get("newcomers", "").replace(",", "\n").splitlines())
    numbers = list(dict.fromkeys(each for each in written if each))  # typed twice is one newcomer
    listed = {posting.officer.service_number.upper() for posting in people}
    problems = [
        _("%(number)s is on the list above already. Take it out here.") % {"number": each}
        if each.upper() in listed
        else _("“%(text)s” is no service number. Write one number a line, without the name.") % {"text": each[:40]}
        for each in numbers
        if each.upper() in listed or len(each) > LONGEST or not NUMBER.fullmatch(each)
    ]
    return Answers(odd, [(each, "") for each in numbers], problems)
