"""What was done about an answer of a station return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from deployment.models import Posting, ReturnAnswer
from hcims.ui.forms import Form


class ResolveForm(Form):
    resolution = forms.CharField(label=_("What was done"), max_length=200)


def answers_in(
    data: Mapping[str, str], people: Sequence[Posting]
) -> tuple[dict[int, tuple[str, str]], list[tuple[str, str]]]:
    """What the phone sent: odd answers by officer, and the newcomers' numbers. Unknown answers count as "here"."""
    odd = {}
    for posting in people:
        answer = data.get(f"answer-{posting.ref}", ReturnAnswer.HERE)
        if answer in (ReturnAnswer.GONE, ReturnAnswer.WRONG):
            odd[posting.officer_id] = (answer, data.get(f"note-{posting.ref}", "").strip()[:200])
    numbers = [each.strip()[:20] for each in data.get("newcomers", "").replace(",", "\n").splitlines()]
    return odd, [(number, "") for number in numbers if number]
