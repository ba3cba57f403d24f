"""Two custodians open one case to one reader, for a day, on record before it happens; nobody alone, and never who asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from counselling.models import Case, CaseDeed, CaseEvent, CaseGrant, Opening
from hcims import clock
from hcims.notify.models import PersonalNotice
from tests.factories.cases import Circle, Person, seal, text_of

pytestmark = pytest.mark.django_db


def ask(
    circle: Circle, case: Case, *, by: Any = None, reader: Person | None = None, ground: str = "risk-to-life"
) -> Any:
    sent = {"case": case.ref, "ground": ground, "paper": "OB 12/2026", "reader": (reader or circle.ben).user.ref}
    return circle.asks(by or circle.lead).post("openings/", sent)


def waiting(circle: Circle, custodian: Person) -> dict[str, Any]:
    return circle.asks(custodian).get("custody/").json()["openings"][0]


def act_first(circle: Circle, custodian: Person) -> Any:
    one = waiting(circle, custodian)
    opened = custodian.opens(one["share"]["sealed"])
    return circle.asks(custodian).post(f"openings/{one['ref']}/outer/", {"inner_sealed": text_of(opened)})


def act_second(circle: Circle, custodian: Person, *, saw: bool = True) -> Any:
    one = waiting(circle, custodian)
    secret = custodian.opens(one["inner_sealed"])
    wrapped = text_of(seal(secret, one["reader"]["key"]["recipient"]))
    return circle.asks(custodian).post(f"openings/{one['ref']}/inner/", {"wrapped": wrapped, "saw": saw})


def opened(circle: Circle, case: Case, **how: Any) -> Opening:
    first, second, _third = circle.custodians
    assert ask(circle, case, **how).status_code == 200
    assert act_first(circle, first).status_code == 200
    assert act_second(circle, second).status_code == 200
    return Opening.objects.get()


def events() -> list[str]:
    return list(CaseEvent.objects.order_by("sequence").values_list("event", flat=True))


def later(monkeypatch: pytest.MonkeyPatch, hours: float) -> datetime:
    at = clock.now() + timedelta(hours=hours)
    monkeypatch.setattr(clock, "now", lambda: at)
    return at


def test_two_custodians_open_a_case_for_a_day(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    case = circle.case()
    assert circle.asks(circle.ben).get(f"cases/{case.ref}/").status_code == 404
    opening = opened(circle, case)
    read = circle.asks(circle.ben).get(f"cases/{case.ref}/").json()
    assert read["grant"]["kind"] == "break-glass"
    assert str(circle.secrets[case.ref]).encode() in circle.ben.opens(read["grant"]["wrapped"])
    note = {**circle.text(case.ref, "note"), "kind": "note"}
    assert circle.asks(circle.ben).post(f"cases/{case.ref}/texts/", note).status_code == 403

    order = [CaseDeed.OPENING_ASKED, CaseDeed.SHARE_TAKEN, CaseDeed.OPENING_HALF, CaseDeed.INNER_TAKEN, CaseDeed.SECRET_SEEN,
             CaseDeed.OPENED, CaseDeed.CASE_READ]  # fmt: skip
    assert [each for each in events() if each in order] == order
    told = PersonalNotice.objects.filter(user=circle.ann.user)
    assert [(each.kind, each.link) for each in told] == [("something-waits", "/counselling/")]
    assert opening.ends_at == (opening.opened_at or opening.requested_at) + timedelta(hours=24)

    later(monkeypatch, 24.1)
    assert circle.asks(circle.ben).get(f"cases/{case.ref}/").status_code == 404
    ended = circle.asks(circle.lead).get("openings/").json()["openings"][0]
    assert ended["state"] == "ended"
    assert CaseGrant.objects.count() == 1, "the reader's wrapped key is destroyed"
    assert circle.asks(circle.ann).get(f"cases/{case.ref}/").json()["rekey_due"] is True


def test_one_custodian_alone_opens_nothing(circle: Circle) -> None:
    case = circle.case()
    first, second, third = circle.custodians
    ask(circle, case)
    one = waiting(circle, first)
    inner = first.opens(one["share"]["sealed"])
    with pytest.raises(Exception, match="No matching keys"):
        first.opens(inner)
    ref, wrapped = one["ref"], circle.wrapped(case.ref, circle.ben)
    early = circle.asks(second).post(f"openings/{ref}/inner/", {"wrapped": wrapped, "saw": True})
    assert early.status_code == 403
    act_first(circle, first)
    for person in (first, third):
        assert circle.asks(person).post(f"openings/{ref}/inner/", {"wrapped": wrapped, "saw": True}).status_code == 403
    assert circle.asks(second).post(f"openings/{ref}/inner/", {"wrapped": wrapped}).status_code == 422, "nothing said"
    assert not CaseGrant.objects.filter(kind="break-glass").exists()


def test_a_share_is_served_only_after_the_request_and_on_record(circle: Circle) -> None:
    case = circle.case()
    assert circle.asks(circle.custodians[0]).get("custody/").json()["openings"] == []
    ask(circle, case)
    assert CaseDeed.SHARE_TAKEN not in events()
    assert waiting(circle, circle.custodians[0])["share"]
    assert events()[-1] == CaseDeed.SHARE_TAKEN


def test_who_asks_never_acts(circle: Circle) -> None:
    case = circle.case()
    ask(circle, case)
    first = circle.custodians[0]
    Opening.objects.update(requested_by=first.user)
    sent = {"inner_sealed": text_of(seal(b"x", first.recipient))}
    opening = Opening.objects.get()
    assert circle.asks(first).post(f"openings/{opening.ref}/outer/", sent).status_code == 403
    assert circle.asks(first).get("custody/").json()["openings"] == []


def test_a_refusal_by_one_ends_it(circle: Circle) -> None:
    case = circle.case()
    ref = ask(circle, case).json()["ref"]
    assert circle.asks(circle.custodians[2]).post(f"openings/{ref}/refuse/", {"reason": "no-risk"}).status_code == 200
    assert ask(circle, case).status_code == 200, "another can be asked for"
    assert ask(circle, case).status_code == 409, "but one at a time"


def test_a_paper_is_a_number_and_never_a_name(circle: Circle) -> None:
    case = circle.case()
    for paper in ("John Kamau", "<b>1</b>", ""):
        sent = {"case": case.ref, "ground": "court-order", "paper": paper, "reader": circle.ben.user.ref}
        assert circle.asks(circle.lead).post("openings/", sent).status_code in (409, 422)


def test_while_it_is_in_hand_the_case_is_neither_erased_nor_given_a_new_key(circle: Circle) -> None:
    case = circle.case()
    ask(circle, case)
    ann = circle.asks(circle.ann)
    assert ann.post(f"cases/{case.ref}/erase/", {"confirm": case.pseudonym}).status_code == 409
    assert ann.post(f"cases/{case.ref}/rekey/", rekeyed(circle, case)).status_code == 409


def rekeyed(circle: Circle, case: Case) -> dict[str, Any]:
    sent = circle.new_case()
    old, circle.secrets[case.ref] = circle.secrets[case.ref], circle.secrets[sent["ref"]]
    circle.secrets[f"{case.ref} before"] = old
    texts = [
        {"ref": each.ref, "ciphertext": circle.text(case.ref, each.kind)["ciphertext"]} for each in case.texts.all()
    ]
    grants = [{"user": circle.ann.user.ref, "wrapped": circle.wrapped(case.ref, circle.ann)}]
    return {"recipient": sent["recipient"], "texts": texts, "grants": grants, "shares": sent["shares"]}


def test_a_new_key_takes_all_texts_or_nothing(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    case = circle.case()
    opened(circle, case)
    later(monkeypatch, 24.1)
    ann = circle.asks(circle.ann)
    sent = rekeyed(circle, case)
    assert ann.post(f"cases/{case.ref}/rekey/", {**sent, "texts": []}).status_code == 409
    assert ann.post(f"cases/{case.ref}/rekey/", {**sent, "grants": []}).status_code == 409
    circle.asks(circle.lead).get("openings/")
    assert ann.post(f"cases/{case.ref}/rekey/", sent).status_code == 200
    read = ann.get(f"cases/{case.ref}/").json()
    assert (read["key_version"], read["rekey_due"], read["recipient"]) == (2, False, sent["recipient"])
    assert {each["key_version"] for each in read["texts"]} == {2}


def test_when_a_counsellor_left_custodians_hand_over_to_the_successor_alone(circle: Circle) -> None:
    case = circle.case()
    opening = opened(circle, case, ground="succession")
    assert opening.state == "ended"
    assert circle.asks(circle.ann).get(f"cases/{case.ref}/").status_code == 404
    mine = circle.asks(circle.ben).get(f"cases/{case.ref}/").json()
    assert (mine["grant"]["kind"], mine["grant"]["ends_at"], mine["rekey_due"]) == ("successor", None, True)
    assert circle.asks(circle.ben).post(f"cases/{case.ref}/review/", {"review_due_on": "2100-01-01"}).status_code == 200
