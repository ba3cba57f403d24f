"""Cases by way of the API: what is stored is what was sent, sealed; who holds no grant finds nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counselling.models import Case, CaseEvent, CaseGrant, CustodianShare, Publication, SealedText, Session
from counselling.queries.cases import cases_visible_to
from hcims.audit.models import AuditEvent
from hcims.quarters import quarter_of
from tests.access.asking import comparable
from tests.factories.cases import Circle, text_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_a_case_is_opened_written_to_and_read_back_sealed(circle: Circle) -> None:
    ann = circle.asks(circle.ann)
    case = circle.case(review_due_on="2100-01-01")
    note = circle.text(case.ref, "note")
    held = {
        "ref": "23456789abcd",
        "kind": "intake",
        "on": case.opened_on.isoformat(),
        "minutes": 50,
        "mode": "in-person",
    }
    assert ann.post(f"cases/{case.ref}/sessions/", {**held, "note": note}).status_code == 200
    attachment = {**circle.text(case.ref, "attachment"), "kind": "attachment"}
    assert ann.post(f"cases/{case.ref}/texts/", attachment).status_code == 200

    listed = ann.get("cases/?state=open&page=1").json()
    assert (listed["pages"], listed["total"]) == (1, 1)
    assert circle.ann.opens(listed["cases"][0]["grant"]["wrapped"])
    read = ann.get(f"cases/{case.ref}/").json()
    by_kind = {each["kind"]: each for each in read["texts"]}
    assert by_kind["note"]["ciphertext"] == note["ciphertext"]
    assert by_kind["note"]["session"] == held["ref"]
    assert by_kind["attachment"]["ciphertext"] is None
    fetched = ann.get(f"cases/{case.ref}/texts/{attachment['ref']}/").json()
    assert fetched["ciphertext"] == attachment["ciphertext"]
    assert read["sessions"] == [{**held, "by": circle.ann.user.ref}]
    assert [each["kind"] for each in read["grants"]] == ["owner"]


def test_every_reading_is_on_record_before_it_is_served(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    case = circle.case()
    ann = circle.asks(circle.ann)
    for path in ("cases/", f"cases/{case.ref}/", f"cases/{case.ref}/readings/"):
        before = CaseEvent.objects.count()
        assert ann.get(path).status_code == 200
        assert CaseEvent.objects.count() == before + 1

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr("counselling.case_log.record", broken)
    for path in ("cases/", f"cases/{case.ref}/"):
        answer = ann.get(path)
        assert answer.status_code == 500
        assert circle.ann.key.recipient.encode() not in answer.content


def test_nothing_goes_to_the_service_s_audit_trail(circle: Circle) -> None:
    before = AuditEvent.objects.count()
    case = circle.case()
    circle.asks(circle.ann).get(f"cases/{case.ref}/")
    circle.asks(circle.ann).post(f"cases/{case.ref}/erase/", {"confirm": case.pseudonym})
    assert AuditEvent.objects.count() == before


def test_a_case_of_somebody_else_is_like_one_that_does_not_exist(circle: Circle) -> None:
    case = circle.case()
    ben = circle.asks(circle.ben)
    ben.get("me/")
    for path in ("", "readings/", f"texts/{case.face.ref}/"):
        answers = []
        for ref in (case.ref, "zzzzzzzzzzzz"):
            with CaptureQueriesContext(connection) as asked:
                answer = ben.get(f"cases/{ref}/{path}")
            answers.append((comparable(answer, ref), len(asked)))
            assert answer["Cache-Control"] == "no-store"
        assert answers[0] == answers[1]
        assert answers[0][0][0] == 404
    for deed in ("close", "reopen", "erase", "review", "rekey", "grants", "handover", "referrals", "sessions", "texts"):
        assert ben.post(f"cases/{case.ref}/{deed}/", {"confirm": case.pseudonym}).status_code == 404


def test_every_answer_is_kept_by_no_cache(circle: Circle) -> None:
    case = circle.case()
    ann = circle.asks(circle.ann)
    answers = [ann.get(path) for path in ("me/", "readers/", "cases/", f"cases/{case.ref}/", "referrals/", "openings/")]
    answers += [ann.post("cases/", {}), ann.get("keys/")]
    assert {each["Cache-Control"] for each in answers} == {"no-store"}
    assert [each.status_code for each in answers] == [200] * 6 + [422, 405]


def test_lists_cost_one_statement_however_many_cases(circle: Circle) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            found = cases_visible_to(circle.ann.user, state="open", page=1, at=datetime.now(UTC))
            assert all(each.face_author for each in found.cases)
        return len(asked)

    days = ["2100-01-03", "2100-01-01", "", "2100-01-02"]
    refs = {day: circle.case(review_due_on=day or None).ref for day in days[:1]}
    assert cost() == 1
    refs |= {day: circle.case(review_due_on=day or None).ref for day in days[1:]}
    assert cost() == 1
    found = cases_visible_to(circle.ann.user, state="open", page=1, at=datetime.now(UTC))
    assert [each.ref for each in found.cases] == [refs[day] for day in [*sorted(filter(None, days)), ""]]
    beyond = cases_visible_to(circle.ann.user, state="open", page=2, at=datetime.now(UTC))
    assert (beyond.cases, beyond.total, cases_visible_to(AnonymousUser(), state="open", page=1, at=AT).total) == (
        [],
        4,
        0,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ref", "not a reference"),
        ("pseudonym", "John Kamau"),
        ("recipient", "age1short"),
        ("wrapped", "bm90IGFnZQ=="),
        ("wrapped", "%%%"),
        ("lookup", "service number"),
        ("review_due_on", "tomorrow"),
        ("waited", "11 days"),
        ("shares", []),
    ],
)
def test_what_is_wrong_is_named(circle: Circle, field: str, value: Any) -> None:
    answer = circle.asks(circle.ann).post("cases/", circle.new_case(**{field: value}))
    assert answer.status_code in (409, 422)
    assert answer.json()["source"] == field
    assert not Case.objects.exists()


def test_plain_text_is_not_taken_for_a_note(circle: Circle) -> None:
    case = circle.case()
    plain = {"ref": "23456789abcd", "kind": "note", "ciphertext": text_of(b"he told me that")}
    answer = circle.asks(circle.ann).post(f"cases/{case.ref}/texts/", plain)
    assert (answer.status_code, answer.json()["source"]) == (422, "ciphertext")
    huge = {**plain, "ciphertext": text_of(b"age-encryption.org/v1\n" + b"x" * 300_000)}
    assert circle.asks(circle.ann).post(f"cases/{case.ref}/texts/", huge).status_code == 422


def test_a_text_is_replaced_once_and_stays(circle: Circle) -> None:
    case = circle.case()
    ann = circle.asks(circle.ann)
    first = circle.text(case.ref, "note")
    ann.post(f"cases/{case.ref}/texts/", {**first, "kind": "note"})
    second = {**circle.text(case.ref, "note"), "kind": "note", "replaces": first["ref"]}
    assert ann.post(f"cases/{case.ref}/texts/", second).status_code == 200
    third = {**circle.text(case.ref, "note"), "kind": "note", "replaces": first["ref"]}
    assert ann.post(f"cases/{case.ref}/texts/", third).status_code == 409
    face = {**circle.text(case.ref, "face"), "kind": "face", "replaces": case.face.ref}
    assert ann.post(f"cases/{case.ref}/texts/", face).status_code == 200
    assert ann.get("cases/").json()["cases"][0]["face"]["ref"] == face["ref"]
    assert SealedText.objects.filter(case=case).count() == 4


def test_a_service_number_is_corrected_with_the_mark_that_finds_the_case(circle: Circle) -> None:
    case = circle.case()
    ann = circle.asks(circle.ann)
    sent = {**circle.text(case.ref, "face"), "replaces": case.face.ref, "lookup": "b" * 64}
    assert ann.post(f"cases/{case.ref}/face/", {**sent, "lookup": "KE-4712"}).status_code == 422
    assert ann.post(f"cases/{case.ref}/face/", {**sent, "replaces": None}).status_code == 422
    assert circle.asks(circle.ben).post(f"cases/{case.ref}/face/", sent).status_code == 404
    assert ann.post(f"cases/{case.ref}/face/", sent).status_code == 200
    (listed,) = ann.get("cases/").json()["cases"]
    assert (listed["face"]["ref"], listed["grant"]["lookup"]) == (sent["ref"], "b" * 64)
    line = CaseEvent.objects.get(event="number-corrected")
    assert (line.case_ref, line.by_ref, line.detail) == (case.ref, circle.ann.user.ref, sent["ref"])
    again = {**circle.text(case.ref, "face"), "replaces": case.face.ref, "lookup": "c" * 64}
    assert ann.post(f"cases/{case.ref}/face/", again).status_code == 409  # the latest face is another by now
    wrapped = {"user": circle.ben.user.ref, "key": circle.ben.key.ref, "wrapped": circle.wrapped(case.ref, circle.ben)}
    assert ann.post(f"cases/{case.ref}/grants/", {**wrapped, "kind": "second", "reason": "cover"}).status_code == 200
    second = {**circle.text(case.ref, "face"), "replaces": sent["ref"], "lookup": "d" * 64}
    assert circle.asks(circle.ben).post(f"cases/{case.ref}/face/", second).status_code == 403


def test_a_wrong_waiting_time_is_corrected_until_its_quarter_is_published(circle: Circle) -> None:
    case = circle.case(waited="month")
    ann, path = circle.asks(circle.ann), f"cases/{case.ref}/waited/"
    assert ann.get(f"cases/{case.ref}/").json()["waited"] == "month"
    assert ann.post(path, {"waited": "11 days"}).status_code == 422
    assert circle.asks(circle.ben).post(path, {"waited": "week"}).status_code == 404
    assert ann.post(path, {"waited": "week"}).status_code == 200
    assert ann.get(f"cases/{case.ref}/").json()["waited"] == "week"
    line = CaseEvent.objects.get(event="waited-corrected")
    assert (line.case_ref, line.detail, line.reason) == (case.ref, "", "")  # neither what it was nor what it is
    ann.post(f"cases/{case.ref}/close/", {})
    assert ann.post(path, {"waited": None}).status_code == 200  # a number of the service, no word of the case
    start = quarter_of(case.opened_on).starts_on
    Publication.objects.create(
        quarter="then", starts_on=start, content={}, digest="0" * 64, made_by=circle.ann.user, made_at=datetime.now(UTC)
    )
    assert start.isoformat() in ann.get("me/").json()["published"]
    answer = ann.post(path, {"waited": "today"})
    assert (answer.status_code, Case.objects.get().waited) == (409, "")


def test_closing_keeps_for_years_and_opening_again_undoes_it(circle: Circle) -> None:
    case = circle.case()
    ann = circle.asks(circle.ann)
    closed = ann.post(f"cases/{case.ref}/close/", {"face": circle.text(case.ref, "face")}).json()
    assert int(closed["keep_until"][:4]) == case.opened_on.year + 7
    assert ann.post(f"cases/{case.ref}/texts/", {**circle.text(case.ref, "note"), "kind": "note"}).status_code == 409
    assert ann.get("cases/?state=closed").json()["total"] == 1
    assert ann.post(f"cases/{case.ref}/reopen/").status_code == 200
    assert ann.get("cases/?state=open").json()["total"] == 1


def test_erasing_leaves_a_tombstone_and_nothing_wrapped(circle: Circle) -> None:
    case = circle.case(waited="week")
    ann = circle.asks(circle.ann)
    ann.post(f"cases/{case.ref}/sessions/", {
        "ref": "23456789abcd", "kind": "intake", "on": case.opened_on.isoformat(), "minutes": 50, "mode": "phone",
        "note": circle.text(case.ref, "note"),
    })  # fmt: skip
    assert ann.post(f"cases/{case.ref}/erase/", {"confirm": "something else"}).status_code == 409
    assert ann.post(f"cases/{case.ref}/erase/", {"confirm": case.pseudonym}).status_code == 200
    case.refresh_from_db()
    assert (case.state, case.pseudonym, case.recipient, case.waited, case.face) == ("erased", "", "", "", None)
    for table in (CaseGrant, CustodianShare, SealedText, Session):
        assert not table.objects.exists(), table
    assert ann.get(f"cases/{case.ref}/").status_code == 404
