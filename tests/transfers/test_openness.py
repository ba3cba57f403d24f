"""Open figures: no hidden count comes back from totals or from two tables, and protected requests move none of them."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from transfers.openness import LEDGER_GROUPS, OUTCOMES, OWN_WISH, Case, figures, group_of, middle, reasons

CADRES = ["gazetted", "inspectorate", "nco", "constable"]
KINDS = [*OWN_WISH, "service-need", "rotation", "emergency"]
THRESHOLD = 3


def cases(most: int) -> st.SearchStrategy[list[Case]]:
    """Decisions of a small service."""
    one = st.builds(
        Case, st.sampled_from(KINDS), st.sampled_from(CADRES), st.sampled_from("FM"), st.sampled_from(["KPS", "APS", "DCI"]),
        st.sampled_from(["R-1", "R-2", "R-3"]), st.sampled_from(OUTCOMES), st.integers(0, 90),
    )  # fmt: skip
    return st.lists(one, max_size=most)


def tables_of(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [*made["differences"], *made["waiting"]]


def made_of(found: list[Case], threshold: int = THRESHOLD) -> dict[str, Any]:
    return figures(found, {}, threshold=threshold, cadres=CADRES)


@settings(max_examples=150, deadline=None)
@given(cases(40))
def test_no_small_count_and_no_small_total_is_shown(found: list[Case]) -> None:
    for table in tables_of(made_of(found)):
        assert all(total >= THRESHOLD for total in table["totals"])
        for line in table["lines"]:
            assert line["total"] == 0 or line["total"] >= THRESHOLD
            assert all(count is None or count == 0 or count >= THRESHOLD for count in line["counts"])


@settings(max_examples=100, deadline=None)
@given(cases(60))
def test_tables_of_the_same_people_join_the_same_columns_so_that_none_divides_what_another_joined(
    found: list[Case],
) -> None:
    shown = [(each["columns"], each["totals"]) for each in made_of(found)["differences"]]
    assert shown[0] == shown[1] == shown[2]


@settings(max_examples=60, deadline=None)
@given(cases(26))
def test_all_tables_together_leave_a_hidden_count_as_open_as_its_own_table_does(found: list[Case]) -> None:
    """For each hidden count, as many other services of the same people would print the very same five tables."""
    made = made_of(found)
    for table, name in zip(made["differences"], ("sex", "service", "region"), strict=True):
        asked = [each for each in found if each.kind in OWN_WISH]
        small = [
            (i, j) for i, line in enumerate(table["lines"]) for j, count in enumerate(line["counts"]) if count is None
        ]
        for i, j in small[:2]:
            values = {alike[i][j] for alike in lookalikes(table, asked, name)}
            truth = _counts(table, asked, name)[i][j]
            assert len(values) > (THRESHOLD if 0 < truth < THRESHOLD else 1)
            for alike in lookalikes(table, asked, name)[:6]:
                assert prints_the_same(made, dealt(found, table, name, alike))


def _counts(table: dict[str, Any], asked: list[Case], name: str) -> list[list[int]]:
    return [
        [sum(getattr(each, name) in line["groups"] and each.outcome in column for each in asked) for column in table["columns"]]
        for line in table["lines"]
    ]  # fmt: skip


def lookalikes(table: dict[str, Any], asked: list[Case], name: str) -> list[list[list[int]]]:
    """Every table with the same shown counts and totals, by enumeration."""
    truth = _counts(table, asked, name)
    choices = []
    for line, exact in zip(table["lines"], truth, strict=True):
        spans = [
            range(min(line["total"], most) + 1) if count is None else [value]
            for count, value, most in zip(line["counts"], exact, table["totals"], strict=True)
        ]
        choices.append([row for row in product(*spans) if sum(row) == line["total"]])
    return [
        [list(row) for row in each]
        for each in product(*choices)
        if [sum(column) for column in zip(*each, strict=True)] == table["totals"]
    ]


def dealt(found: list[Case], table: dict[str, Any], name: str, wanted: list[list[int]]) -> list[Case]:
    """The same people, outcomes, kinds and other attributes; the one attribute dealt out anew so that its table is `wanted`."""
    left = [list(row) for row in wanted]
    dealt_out = []
    for case in found:
        if case.kind not in OWN_WISH:
            dealt_out.append(case)
            continue
        j = next(j for j, column in enumerate(table["columns"]) if case.outcome in column)
        i = next(i for i in range(len(left)) if left[i][j])
        left[i][j] -= 1
        dealt_out.append(Case(**{**case.__dict__, name: table["lines"][i]["groups"][0]}))
    return dealt_out


def prints_the_same(made: dict[str, Any], other: list[Case]) -> bool:
    """Whether every shown number of every table holds for the other service too, medians apart."""
    for table, name in zip(made["differences"], ("sex", "service", "region"), strict=True):
        asked = [each for each in other if each.kind in OWN_WISH]
        exact = _counts(table, asked, name)
        for line, row in zip(table["lines"], exact, strict=True):
            if sum(row) != line["total"]:
                return False
            if any(count is not None and count != value for count, value in zip(line["counts"], row, strict=True)):
                return False
    return [_plain(each) for each in made["waiting"]] == [_plain(each) for each in made_of(other)["waiting"]]


def _plain(table: dict[str, Any]) -> Any:
    return [(line["groups"], line["counts"], line["total"]) for line in table["lines"]]


def test_a_kind_joined_for_being_small_does_not_come_back_from_the_other_tables() -> None:
    """Two compassionate cases stand with the exchanges; what the service moved has a table and a total of its own."""

    def many(count: int, kind: str) -> list[Case]:
        return [Case(kind, "nco", "M", "KPS", "R-1", "first", 5)] * count

    made = made_of([*many(20, "request"), *many(9, "exchange"), *many(2, "compassionate"), *many(8, "emergency")])
    asked, moved = made["waiting"]
    assert [(line["groups"], line["total"]) for line in asked["lines"]] == [
        (["request"], 20), (["compassionate", "exchange"], 11),
    ]  # fmt: skip
    assert (asked["total"], moved["total"], made["differences"][0]["total"]) == (31, 8, 31)


def test_medians_are_over_enough_people_and_round_a_half_up() -> None:
    days = [1, 2, 3, 4]
    found = [Case("request", "nco", "F", "KPS", "R-1", "first", day) for day in days]
    line = made_of(found)["waiting"][0]["lines"][0]
    assert (line["days"], line["cells"]) == (3, [3])
    assert middle([1, 2]) == 2
    assert made_of(found[:2])["waiting"][0]["lines"] == []


@given(st.lists(st.tuples(st.sampled_from(LEDGER_GROUPS), st.sampled_from("abcde")), max_size=80), st.integers(2, 12))
def test_reasons_are_joined_inside_their_group_until_none_is_small_or_the_group_is(
    orders: list[tuple[str, str]], threshold: int
) -> None:
    lines = reasons(orders, threshold=threshold)
    groups = Counter(group for group, _code in orders)
    assert (
        Counter({group: sum(each["count"] for each in lines if each["group"] == group) for group in groups}) == groups
    )
    for line in lines:
        assert line["count"] >= threshold or line["count"] == groups[line["group"]]


def test_an_order_that_keeps_a_protected_request_quiet_counts_as_a_need_of_the_service_whatever_its_kind() -> None:
    assert {group_of(kind, "posted", "posted") for kind in KINDS} == {"service-need"}
    assert group_of("emergency", "urgent-safety", "posted") == "service-need"
    assert group_of("request", "own-request", "posted") == "own-wish"
