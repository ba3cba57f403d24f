"""What a cohort said, as its page shows it: bars of what may be shown, before and after side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from hcims.ui.charts import Bar
from training import anonymous
from training.anonymous import STEP, Shown, Spread
from training.models import AnswerRound, AskedWhen, Cohort, TrainingRuleCode
from training.queries import answers as queries
from training.queries import rules


@dataclass(frozen=True)
class Asking:
    """One asking as the page shows it; the rows are empty while nothing may be shown."""

    asked: AnswerRound
    is_open: bool
    last_on: date
    rows: list[tuple[Any, list[Bar]]]


@dataclass(frozen=True)
class Compared:
    """One statement of a survey, before and after."""

    text: Any
    before: list[Bar]
    after: list[Bar]


def least(on: date) -> int:
    """From how many answers on anything is shown."""
    return rules.value(TrainingRuleCode.ANSWERS_LEAST, on)


def number_words(number: int) -> str:
    """A number as far as it is shown: "fewer than 4", "8 or more"."""
    if number < STEP:
        return _("fewer than %(number)d") % {"number": STEP}
    return _("%(number)d or more") % {"number": number}


def part_labels() -> dict[int, str]:
    """What each answer about a part means."""
    return {queries.TAUGHT: _("Taught"), queries.NOT_TAUGHT: _("Not taught"), queries.NOT_THERE: _("Was not there")}


def question_labels() -> dict[int, str]:
    """What each answer to a statement means."""
    words = {1: _("not at all"), 5: _("very much")}
    return {value: f"{value} {words[value]}" if value in words else str(value) for value in queries.OF_QUESTIONS}


def bands(spread: Spread | None, labels: dict[int, str]) -> list[Bar]:
    """The bars of one question; none where nothing may be shown."""
    if spread is None:
        return []
    return [
        Bar(label, spread.at_least[value], text=number_words(spread.at_least[value])) for value, label in labels.items()
    ]


def left_to_ask(given: Sequence[AnswerRound]) -> list[str]:
    """What a cohort has not been asked yet."""
    done = {each.asked for each in given}
    return [value for value in AskedWhen.values if value not in done]


def _tables(given: Sequence[AnswerRound], on: date) -> dict[str, Shown | None]:
    number = least(on)
    return {
        thing.asked: anonymous.shown(
            asked, queries.OF_QUESTIONS if thing.survey_id else queries.OF_PARTS, least=number, on=on
        )
        for thing, asked in queries.counts_of(given)
    }


def askings(given: Sequence[AnswerRound], cohort: Cohort, *, on: date) -> list[Asking]:
    """Each asking with its bars, where they may be shown."""
    tables = _tables(given, on)
    names = {each.code: each for each in queries.parts_asked(cohort, on=on)}
    found = []
    for each in given:
        table = tables[each.asked] or {}
        labels = question_labels() if each.survey_id else part_labels()
        texts = _question_texts(each) if each.survey_id else {code: names.get(code, code) for code in table}
        ordered = [code for code in (texts if each.survey_id else names) if code in table]
        rows = [(texts[code], bands(table[code], labels)) for code in ordered]
        found.append(Asking(each, on < each.closes_on, each.closes_on - timedelta(days=1), rows))
    return found


def _question_texts(asked: AnswerRound) -> dict[str, Any]:
    rows = sorted({row.question for row in asked.counts.all() if row.question}, key=lambda each: each.order)
    return {f"q{each.pk}": each for each in rows}


def compared(given: Sequence[AnswerRound], *, on: date) -> list[Compared]:
    """Before and after of one survey side by side; nothing unless both may be shown."""
    by_kind = {each.asked: each for each in given}
    before, after = by_kind.get(AskedWhen.BEFORE), by_kind.get(AskedWhen.AFTER)
    tables = _tables(given, on)
    first, second = tables.get(AskedWhen.BEFORE), tables.get(AskedWhen.AFTER)
    if not before or not after or first is None or second is None or before.survey_id != after.survey_id:
        return []
    labels = question_labels()
    texts = _question_texts(before)
    return [Compared(text, bands(first[code], labels), bands(second[code], labels)) for code, text in texts.items()]
