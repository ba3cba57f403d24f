"""What stations and rolls said of one officer, for the copy that the officer takes away."""

from __future__ import annotations

from typing import Any

from deployment.models import RollDiscrepancy, StationReturnLine
from hcims.ui.parts import chosen
from personnel.models import Officer


def said_of(officer: Officer) -> dict[str, list[dict[str, Any]]]:
    """What a station answered in its monthly list, and where a roll showed the officer elsewhere, each with what came of it."""
    answers = StationReturnLine.objects.filter(officer=officer).select_related("station_return__unit")
    differences = RollDiscrepancy.objects.filter(officer=officer).select_related("unit")
    return {
        "station_answers": [
            {"station": each.station_return.unit.name, "month": each.station_return.month,
             "answer": chosen(each.get_answer_display()), "note": each.note, "answered_at": each.station_return.confirmed_at,
             "what_came_of_it": each.resolution}
            for each in answers.order_by("station_return__month", "pk")
        ],
        "roll_differences": [
            {"roll_of": each.roll_on, "unit_on_the_roll": each.unit.name, "state": chosen(each.get_state_display()),
             "paper": each.paper, "note": each.note}
            for each in differences.order_by("opened_at", "pk")
        ],
    }  # fmt: skip
