"""Lists: sorting said to screen readers, pages with counts, badges that say what is filtered, numbers linked."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string

from hcims.ui.gallery import ROWS, SampleFilters, SampleTable
from hcims.ui.parts import badges_of, numbers_around, query_with
from hcims.ui.tables import DayColumn, NumberColumn, Table, listed


def drawn(request: Any, rows: list[dict[str, Any]] = ROWS, **options: Any) -> str:
    return render_to_string("ui/table.html", {"table": listed(request, SampleTable(rows, **options))}, request)


def test_says_how_it_is_sorted_and_turns_round(rf: Any) -> None:
    html = drawn(rf.get("/ui/?sort=-posts&county=Kilifi&page=2"))
    assert html.count("aria-sort") == 1
    head = re.search(r'<th scope="col" class="num" aria-sort="descending">\s*<a href="([^"]+)">Posts', html)
    assert head
    assert QueryDict(head[1].replace("&amp;", "&")[1:]).dict() == {"sort": "posts", "county": "Kilifi"}


def test_rows_come_in_that_order(rf: Any) -> None:
    stations = re.findall(r"<td>(Mariakani|Mnarani|Garashi)</td>", drawn(rf.get("/ui/?sort=-posts")))
    assert stations == ["Mariakani", "Mnarani", "Garashi"]


def test_pages_keep_the_filters_and_count(rf: Any) -> None:
    html = render_to_string(
        "ui/table.html",
        {"table": listed(rf.get("/ui/?county=Kilifi&page=2"), SampleTable(ROWS * 10), per_page=50)},
        rf.get("/"),
    )
    assert "51–100 of 120" in html
    assert 'aria-current="page"' in html


def test_a_page_out_of_range_is_the_last_and_a_silly_one_the_first(rf: Any) -> None:
    assert listed(rf.get("/?page=99"), SampleTable(ROWS * 10)).page.number == 3
    assert listed(rf.get("/?page=x"), SampleTable(ROWS * 10)).page.number == 1


def test_the_page_size_is_one_of_those_offered(rf: Any) -> None:
    assert listed(rf.get("/?per_page=200"), SampleTable(ROWS)).paginator.per_page == 200
    assert listed(rf.get("/?per_page=100000"), SampleTable(ROWS)).paginator.per_page == 50


def test_an_empty_list_says_what_to_do(rf: Any) -> None:
    html = drawn(rf.get("/ui/"), rows=[], empty_text="Import the nominal roll first.")
    assert "Import the nominal roll first." in html
    assert "<table" not in html


def test_cells_carry_no_classes_that_style_nothing(rf: Any) -> None:
    html = drawn(rf.get("/ui/"))
    assert "orderable" not in html
    assert set(re.findall(r'<td class="([^"]+)"', html)) == {"pick", "num", "nowrap"}


def test_a_number_leads_to_what_it_counts(rf: Any) -> None:
    class Counted(Table):
        officers = NumberColumn(link=lambda row: f"/officers/?unit={row['code']}")

    html = render_to_string("ui/table.html", {"table": Counted([{"code": "PS-1", "officers": 1322}])}, rf.get("/"))
    assert '<a href="/officers/?unit=PS-1">1,322</a>' in html


def test_a_cell_may_be_classed_by_its_record(rf: Any) -> None:
    class Overdue(Table):
        waiting = NumberColumn(
            attrs={"td": {"class": lambda record: "num strong" if record["waiting"] > 30 else "num"}}
        )

    html = render_to_string("ui/table.html", {"table": Overdue([{"waiting": 3}, {"waiting": 31}])}, rf.get("/"))
    assert re.findall(r'<td class="([^"]+)">(\d+)', html) == [("num", "3"), ("num strong", "31")]


def test_the_day_of_a_moment_is_nairobis(rf: Any) -> None:
    class Dated(Table):
        at = DayColumn()

    late = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    html = render_to_string("ui/table.html", {"table": Dated([{"at": late}])}, rf.get("/"))
    assert "22 Nov 2026" in html


def test_words_in_cells_stay_words(rf: Any) -> None:
    html = drawn(rf.get("/ui/"), rows=[{**ROWS[0], "station": "<b>Bamba</b>"}])
    assert "<b>" not in html
    assert "&lt;b&gt;Bamba" in html


def test_badges_say_in_words_what_is_filtered_and_lift_one_filter_each() -> None:
    query = QueryDict("station=mna&state=stale&page=3&sort=posts")
    badges = badges_of(SampleFilters(query), query)
    assert [badge.text for badge in badges] == ["Station: mna", "State: Stale"]
    assert QueryDict(badges[0].without).dict() == {"state": "stale", "sort": "posts"}


def test_lifting_the_only_filter_shows_all_and_not_the_view_that_opens_first() -> None:
    query = QueryDict("county=Kwale")
    assert badges_of(SampleFilters(query), query)[0].without == "all=yes"


def test_a_form_nobody_has_sent_filters_nothing() -> None:
    assert badges_of(SampleFilters(), QueryDict()) == []


def test_a_filter_that_means_nothing_makes_no_badge() -> None:
    query = QueryDict("county=Atlantis&state=")
    assert badges_of(SampleFilters(query), query) == []


@pytest.mark.parametrize(
    ("pages", "here", "shown"),
    [
        (1, 1, [1]),
        (5, 3, [1, 2, 3, 4, 5]),
        (20, 10, [1, None, 8, 9, 10, 11, 12, None, 20]),
        (20, 1, [1, 2, 3, None, 20]),
    ],
)
def test_page_numbers_show_both_ends_and_what_is_near(pages: int, here: int, shown: list[int | None]) -> None:
    assert numbers_around(Paginator(range(pages), 1).page(here)) == shown


def test_a_query_string_changes_one_thing() -> None:
    assert query_with(QueryDict("a=1&b=2"), {"a": 3, "b": None}) == "?a=3"
