"""Opening, moving, renaming, classing and closing units keeps the tree's history right, and its rules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from hcims.audit.models import AuditEvent
from hcims.errors import RuleBroken
from organisation import actions
from organisation.closure import rebuild_closure
from organisation.models import Unit, UnitClass, UnitClosure
from organisation.queries import ancestors, children
from organisation.queries.history import history_of
from tests.factories.organisation import establish, small_service

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = date(2026, 2, 1)
BEFORE = date(2026, 1, 31)
PAPER = "IG/ORG/7 of 20 January 2026"


def done(**fields: Any) -> dict[str, Any]:
    return {"source": PAPER, "by": None, "at": AT, **fields}


def opened(**fields: Any) -> Unit:
    given = {"name": "Kituo", "type": "station", "line": "territorial", "opened_on": DAY}
    return actions.open_unit(**given, **done(), **fields)


def codes(units: Any) -> list[str]:
    return [unit.code for unit in units]


def test_the_tree_of_a_small_service():
    service = small_service()
    assert codes(ancestors(service["post"], on=DAY)) == [
        "NPS", "R-COAST", "C-003", "SC-MALINDI", "W-GANDA", "ST-MWANGAZA", "PP-KISIMA",
    ]  # fmt: skip
    assert set(codes(children(service["station"], on=DAY))) == {"PP-KISIMA", "PB-MTONI"}
    assert rebuild_closure() == 0


def test_a_moved_unit_keeps_last_years_tree():
    service = small_service()
    actions.move_unit(unit=service["ward"], parent=service["other_subcounty"], on=DAY, **done())
    assert "SC-MALINDI" in codes(ancestors(service["post"], on=BEFORE))
    assert "SC-KALOLENI" not in codes(ancestors(service["post"], on=BEFORE))
    assert "SC-KALOLENI" in codes(ancestors(service["post"], on=DAY))
    assert rebuild_closure() == 0
    event = AuditEvent.objects.get(event="unit-moved")
    assert event.source == PAPER
    assert '"units":5' in event.details


def test_a_move_before_a_later_one_holds_until_it():
    service = small_service()
    actions.move_unit(unit=service["ward"], parent=service["other_subcounty"], on=date(2026, 6, 1), **done())
    actions.move_unit(unit=service["ward"], parent=service["kwale_subcounty"], on=DAY, **done())
    assert codes(ancestors(service["ward"], on=DAY))[-2] == "SC-MSAMBWENI"
    assert codes(ancestors(service["ward"], on=date(2026, 6, 1)))[-2] == "SC-KALOLENI"
    assert rebuild_closure() == 0


def test_a_planned_move_can_be_taken_back_and_the_unit_then_closes():
    service = small_service()
    later = date(2026, 6, 1)
    actions.move_unit(unit=service["post"], parent=service["other_station"], on=later, **done())
    with pytest.raises(RuleBroken, match="is to move on 1 June 2026.*take that move back first"):
        actions.close_unit(unit=service["post"], on=DAY, **done())
    actions.move_unit(unit=service["post"], parent=service["station"], on=later, **done())
    assert "ST-MWANGAZA" in codes(ancestors(service["post"], on=later))
    assert [link.parent_id for link in service["post"].parent_links.filter(ends_on=None)] == [service["station"].pk]
    assert [moment.what for moment in history_of(service["post"], [])] == ["Opened under Mwangaza Police Station"]
    actions.close_unit(unit=service["post"], on=DAY, **done())
    assert rebuild_closure() == 0


def test_a_unit_cannot_move_below_itself_nor_below_its_level():
    service = small_service()
    with pytest.raises(RuleBroken, match="below itself"):
        actions.move_unit(unit=service["formation"], parent=service["company"], on=DAY, **done())
    with pytest.raises(RuleBroken, match="cannot stand under") as refusal:
        actions.move_unit(unit=service["county"], parent=service["other_subcounty"], on=DAY, **done())
    assert "2018" in refusal.value.source
    with pytest.raises(RuleBroken, match="already"):
        actions.move_unit(unit=service["ward"], parent=service["subcounty"], on=DAY, **done())


def test_closing_needs_an_empty_unit_without_posts():
    service = small_service()
    with pytest.raises(RuleBroken, match="2 units still stand under"):
        actions.close_unit(unit=service["station"], on=DAY, **done())
    establish(service["post"], {"PC": 3})
    with pytest.raises(RuleBroken, match="3 authorised posts"):
        actions.close_unit(unit=service["post"], on=DAY, **done())
    hardship = UnitClass.objects.get(code="hardship-high")
    actions.class_unit(unit=service["patrol_base"], scheme="hardship", unit_class=hardship, on=BEFORE, **done())
    actions.close_unit(unit=service["patrol_base"], on=DAY, **done())
    assert codes(children(service["station"], on=DAY)) == ["PP-KISIMA"]
    assert "PB-MTONI" in codes(children(service["station"], on=BEFORE))
    assert service["patrol_base"].classings.get().ends_on == DAY
    assert rebuild_closure() == 0


def test_a_closing_can_be_taken_back():
    service = small_service()
    hardship = UnitClass.objects.get(code="hardship-high")
    actions.class_unit(unit=service["post"], scheme="hardship", unit_class=hardship, on=BEFORE, **done())
    actions.close_unit(unit=service["post"], on=DAY, **done())
    closed = next(moment for moment in history_of(Unit.objects.get(code="PP-KISIMA"), []) if moment.what == "Closed")
    assert (closed.at, closed.note) == (DAY, PAPER)
    actions.reopen_unit(unit=service["post"], **done())
    assert service["post"].classings.get().ends_on is None, "as if it had never closed"
    moments = [moment.what for moment in history_of(Unit.objects.get(code="PP-KISIMA"), [])]
    assert "Closed" not in moments
    assert "Closing taken back: it was to close on 1 February 2026" in moments
    assert "PP-KISIMA" in codes(children(service["station"], on=DAY))
    assert Unit.objects.get(code="PP-KISIMA").closed_on is None
    assert rebuild_closure() == 0


def test_a_post_becomes_a_station_and_keeps_its_former_name():
    service = small_service()
    actions.move_unit(unit=service["post"], parent=service["ward"], on=DAY, **done())
    unit = actions.rename_unit(unit=service["post"], name="Kisima Police Station", type="station", on=DAY, **done())
    assert (unit.name, unit.type) == ("Kisima Police Station", "station")
    assert [(each.name, each.starts_on, each.ends_on) for each in unit.namings.order_by("starts_on")] == [
        ("Kisima Police Post", date(2020, 1, 1), DAY),
        ("Kisima Police Station", DAY, None),
    ]
    with pytest.raises(RuleBroken, match="later change"):
        actions.rename_unit(unit=unit, name="Kisima", type="station", on=BEFORE, **done())
    with pytest.raises(RuleBroken, match="not before"):
        actions.rename_unit(unit=unit, name="Kisima", type="station", on=date(2026, 4, 1), **done())


def test_a_type_must_fit_where_the_unit_stands():
    service = small_service()
    with pytest.raises(RuleBroken, match="cannot stand under"):
        actions.rename_unit(unit=service["station"], name="X", type="post", on=DAY, **done())


def test_codes_papers_and_places_are_checked():
    service = small_service()
    with pytest.raises(RuleBroken, match="never used again"):
        opened(code="NPS", parent=service["ward"])
    with pytest.raises(RuleBroken, match="capital letters"):
        opened(code="st one/2", parent=service["ward"])
    with pytest.raises(RuleBroken, match="on which paper"):
        actions.move_unit(unit=service["ward"], parent=service["other_subcounty"], on=DAY, **done(source=" "))
    with pytest.raises(RuleBroken, match="outside Kenya"):
        actions.change_unit(unit=service["station"], latitude=Decimal(40), longitude=Decimal(-3), **done())
    with pytest.raises(RuleBroken, match="under which command"):
        actions.open_unit(
            code="NPS2", name="Another", type="service", line="headquarters", parent=None, opened_on=DAY, **done()
        )


def test_facts_change_with_before_and_after():
    service = small_service()
    unit = actions.change_unit(
        unit=service["post"], gazette_notice="Gazette Notice 14272", gazetted_on=date(2025, 10, 3), **done()
    )
    newest, oldest = unit.history.all()
    assert (oldest.gazette_notice, newest.gazette_notice) == ("", "Gazette Notice 14272")
    assert newest.history_change_reason == PAPER
    assert AuditEvent.objects.filter(event="unit-changed").count() == 1
    actions.change_unit(unit=unit, gazette_notice="Gazette Notice 14272", **done())
    assert AuditEvent.objects.filter(event="unit-changed").count() == 1


def test_a_list_with_a_circle_opens_nothing():
    small_service()
    rows = [
        {"code": "C-A", "name": "A", "type": "company", "line": "formation", "parent": "C-B"},
        {"code": "C-B", "name": "B", "type": "company", "line": "formation", "parent": "C-A"},
    ]
    with pytest.raises(RuleBroken, match="circle"):
        actions.open_units(rows=rows, opened_on=DAY, source=PAPER, by=None, at=AT)
    assert not Unit.objects.filter(code="C-A").exists()


def test_classes_have_dates_and_a_source():
    service = small_service()
    high, extreme = (UnitClass.objects.get(code=f"hardship-{each}") for each in ("high", "extreme"))
    given = {"unit": service["station"], "scheme": "hardship"}
    actions.class_unit(unit_class=high, on=BEFORE, **given, **done())
    actions.class_unit(unit_class=extreme, on=DAY, **given, **done())
    actions.class_unit(unit_class=None, on=date(2026, 2, 20), **given, **done())
    assert [
        (each.unit_class.code, each.starts_on, each.ends_on)
        for each in service["station"].classings.order_by("starts_on")
    ] == [("hardship-high", BEFORE, DAY), ("hardship-extreme", DAY, date(2026, 2, 20))]
    with pytest.raises(RuleBroken, match="not a class of the scheme"):
        actions.class_unit(unit=service["station"], scheme="operation", unit_class=high, on=DAY, **done())


def test_the_rebuild_mends_a_damaged_closure():
    service = small_service()
    UnitClosure.objects.filter(descendant=service["post"], depth=2).delete()
    UnitClosure.objects.create(ancestor=service["dci"], descendant=service["post"], depth=3, starts_on=DAY)
    assert rebuild_closure() == 2
    assert rebuild_closure() == 0
