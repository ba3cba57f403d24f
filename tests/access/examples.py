"""Real values for the converters of the URL map. A new converter without a line here fails the URL-map test.

The key is the route's name and the converter ("organisation:unit code"), or the converter's name alone ("code") where it
means the same thing in every route. `here` makes (or finds) a thing at the world's station, `elsewhere` the same kind of
thing in the other county (leave it out for things that belong to no place), and `absent` has the right shape and is
nobody's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db.models import Model

from accounts.models import User
from accounts.queries.factors import ref_of
from deployment.models import Duty, PostingOrder, RollDiscrepancy, StationReturn
from hcims import clock
from organisation.models import Unit
from personnel.models import Officer
from tests.access import examples_counselling, examples_sealed, examples_training
from tests.access import examples_rounds as rounds
from tests.access import examples_transfers as transfers
from tests.factories.accounts import LONG_AGO, AppointmentFactory, LetterFactory, PhoneChangeFactory, UserFactory
from tests.factories.audit import delay_that_waits, opening_of
from tests.factories.counselling import contact_of, phone_ref_of
from tests.factories.imports import ImportBatchFactory
from tests.factories.machinery import CODE, job_of, letter_to, notice_to
from tests.factories.organisation import MOMENT, EstablishmentVersionFactory
from tests.factories.personnel import (
    BulkDeedFactory,
    CorrectionFactory,
    NextOfKinFactory,
    SkillHeldFactory,
    photographed,
)
from tests.factories.supporters import help_line, supporter_at
from tests.factories.ui import SavedViewFactory
from tests.world import World

ABSENT_REF = "zzzzzzzzzzzz"
IMPORT_PAGES = ("batch", "progress", "answer", "read_again", "confirm", "second", "undo", "withdraw", "try_again", "rejects",
                "rows")  # fmt: skip


@dataclass(frozen=True)
class Example:
    """The value of one converter."""

    here: Callable[[World], str]
    absent: str = ABSENT_REF
    elsewhere: Callable[[World], str] | None = None


def _version(state: str, place: Callable[[World], Unit]) -> Callable[[World], str]:
    """An establishment version of the unit, drafted by the world's HR officer."""
    decided = {} if state == "in-force" else {"decided_by": None, "decided_at": None}

    def make(world: World) -> str:
        drafter = world.people["hr-officer"]
        return EstablishmentVersionFactory(unit=place(world), state=state, drafted_by=drafter, **decided).ref

    return make


def _versions(state: str) -> Example:
    elsewhere = _version(state, lambda world: world.other_station)
    return Example(_version(state, lambda world: world.station), elsewhere=elsewhere)


def appointment_at(unit: Unit) -> str:
    """A proposal, made by nobody who is in the world."""
    return AppointmentFactory(user=UserFactory(), unit=unit, role="counsellor", state="proposed").ref


def factor_of(user: User) -> str:
    """An authenticator app."""
    return ref_of(Authenticator.objects.create(user=user, type="totp", data={"secret": ""}))


APPOINTMENT = Example(
    lambda world: appointment_at(world.station), elsewhere=lambda world: appointment_at(world.other_station)
)
ACCOUNT = Example(lambda world: world.people["board-member"].ref)
LETTER = Example(lambda world: LetterFactory(user=world.people["board-member"], unit=world.station).ref)


def _row(model: type[Model]) -> Example:
    """The first row of a table of reference data, by its key."""
    return Example(lambda world: str(model._default_manager.order_by("pk").values_list("pk", flat=True)[0]), "0")


# The admin's pages of one row, for each of its tables.
OF_THE_ADMIN = {
    f"admin:{model._meta.app_label}_{model._meta.model_name}_{page} object_id": _row(model)
    for model in admin.site._registry
    for page in ("history", "change")
}


def _posting(officer: Officer) -> str:
    return officer.postings.get(kind="substantive").ref


def _order(officer: Officer, to: Unit) -> str:
    fields = {
        "officer": officer, "from_unit": officer.unit, "to_unit": to, "post_rank": officer.rank, "report_by": LONG_AGO,
        "duty": Duty.objects.get(code="general"), "issued_on": LONG_AGO, "issued_by": UserFactory(),
    }  # fmt: skip
    return PostingOrder.objects.get_or_create(number=f"SIG/{officer.service_number}", defaults=fields)[0].ref


def _difference(officer: Officer, roll: Unit) -> str:
    fields = {
        "batch": "zzzz", "roll_on": LONG_AGO, "unit": roll, "opened_at": MOMENT,
        "posting": officer.postings.get(kind="substantive"),
    }  # fmt: skip
    return RollDiscrepancy.objects.get_or_create(officer=officer, defaults=fields)[0].ref


def _answer(officer: Officer) -> str:
    fields = {"confirmed_by": UserFactory(), "confirmed_at": MOMENT}
    back, _ = StationReturn.objects.get_or_create(unit=officer.unit, month=LONG_AGO, defaults=fields)
    return back.lines.get_or_create(officer=officer, answer="wrong")[0].ref


def _import_of(kind: str, place: Callable[[World], Unit]) -> Callable[[World], str]:
    """An import that one person confirmed and a second one is to confirm, of the list of one unit."""
    return lambda world: (
        ImportBatchFactory(
            kind=kind, area=place(world).code, uploaded_by=world.people["hr-officer"], state="second",
            confirmed_by=world.people["hr-officer"], confirmed_at=MOMENT,
        ).ref
    )  # fmt: skip


IMPORTS = {
    kind: Example(
        _import_of(kind, lambda world: world.station), elsewhere=_import_of(kind, lambda world: world.other_station)
    )
    for kind in ("roll", "payroll", "attendance")
}


def _transfer(make: Callable[[World, Officer], str]) -> Example:
    """Something of a transfer out of the world's station, and the same out of the other county."""
    return Example(lambda world: make(world, world.officer), elsewhere=lambda world: make(world, world.other_officer))


def _of_a_unit(make: Callable[[Unit], str]) -> Example:
    """Something at the world's station, and the same in the other county."""
    return Example(lambda world: make(world.station), elsewhere=lambda world: make(world.other_station))


TRANSFERS = {
    **{
        f"transfers:{route} ref": _transfer(lambda world, officer: transfers.case_of(world, officer).ref)
        for route in ("advise", "case", "decide", "undo", "type_advice", "pass_over", "direct", "review", "publish")
    },
    **{f"transfers:{route} ref": _transfer(transfers.direction_of) for route in ("attach", "direction_paper")},
    **{
        f"transfers:{route} ref": Example(lambda world: transfers.case_of(world, world.officer).ref)
        for route in ("one", "withdraw", "family")
    },
    **{
        f"transfers:{route} ref": Example(lambda world: transfers.draft_of(world, world.officer))
        for route in ("places", "grounds", "ask_family", "check")
    },
    **{
        f"transfers:{route} ref": Example(lambda world: transfers.exchange_with(world, world.officer))
        for route in ("swap", "answer_swap")
    },
    **{f"transfers:{route} ref": _transfer(transfers.paper_of) for route in ("receipt", "receipt_file")},
    **{
        f"transfers:{route} ref": _transfer(transfers.order_of)
        for route in ("order", "order_letter", "release", "answer_deferment", "change_order")
    },
    **{
        f"transfers:{route} ref": Example(lambda world: transfers.order_of(world, world.officer))
        for route in ("confirm_payment", "ask_later")
    },
    **{f"transfers:{route} ref": _transfer(transfers.signal_of) for route in ("signal", "signal_file")},
    "transfers:compose_signal code": Example(lambda world: world.county.code, "no-such-command"),
    "transfers:sign_return ref": _transfer(transfers.return_of),
    "transfers:sign_sealed_return ref": Example(transfers.sealed_return),
    "transfers:change_order deed": Example(lambda world: "forward", "nothing"),
    "transfers:check_ground ref": _transfer(transfers.ground_of),
    "transfers:evidence ref": _transfer(transfers.ground_of),
    "transfers:lift ref": _transfer(transfers.stop_of),
    **{
        f"transfers:{route} code": Example(transfers.certified, "no-such-round")
        for route in (
            "round",
            "round_seats",
            "my_round",
            "round_public",
            "round_certificate",
            "round_sealed",
            "round_announce",
            "round_open",
            "round_close",
            "round_freeze",
            "round_compute",
            "round_commit",
            "round_reveal",
            "round_draw",
            "round_publish",
            "round_letter",
            "round_letters",
            "round_cancel",
        )
    },
    **{
        f"transfers:{route} ref": Example(transfers.rule_book_of)
        for route in (
            "rule_book",
            "rule_book_file",
            "rule_book_compare",
            "rule_book_next",
            "rule_book_edit",
            "rule_book_publish",
        )
    },
}

BOARD = {
    "transfers:round_leaf code": Example(rounds.certified_with_officer),
    **{
        f"transfers:{route} code": Example(lambda world: rounds.published(world).code)
        for route in (
            "board",
            "round_proof",
            "board_awards",
            "board_strength",
            "board_accept",
            "board_reopen",
            "trials",
            "common_trial",
        )
    },
    **{f"transfers:{route} ref": Example(rounds.award) for route in ("award", "award_restore", "why", "work_out")},
    **{
        f"transfers:appeal{deed} ref": Example(rounds.appeal)
        for deed in ("", "_panel", "_again", "_view", "_decide", "_withdraw", "_paper")
    },
    **{f"transfers:exchange_{deed} code": Example(rounds.window) for deed in ("window", "withdraw", "circles")},
    "transfers:common_trial question": Example(lambda world: "looser"),
    "transfers:run ref": Example(rounds.run),
    "transfers:appeal_award ref": Example(rounds.award),
    "transfers:why_decision ref": Example(rounds.decision),
    "transfers:appeal_decision ref": Example(rounds.decision),
}

WELLBEING = {
    **{
        f"counselling:{route} ref": Example(
            lambda world: supporter_at(world.station).ref, elsewhere=lambda world: supporter_at(world.other_station).ref
        )
        for route in ("supporter", "move_supporter", "add_training", "add_supervision", "end_supporter")
    },
    "counselling:end_phone ref": Example(lambda world: phone_ref_of(world.people["peer-supporter"])),
    "counselling:strike_out key": Example(
        lambda world: str(contact_of(world.people["peer-supporter"], month=f"{clock.today():%Y-%m}").pk), "1"
    ),
    "counselling:ask_call ref": Example(lambda world: supporter_at(world.station, is_listed=True, call_key="BA==").ref),
    "counselling:answered_call key": Example(lambda world: "47", "48"),
    **{f"counselling:{route} ref": Example(help_line) for route in ("change_line", "tried_line", "end_line")},
}
EXAMPLES: dict[str, Example] = {
    **OF_THE_ADMIN,
    **TRANSFERS,
    **{f"counselling:{route}": Example(**of) for route, of in examples_sealed.EXAMPLES.items()},
    **{f"training:{route}": Example(**of) for route, of in examples_training.EXAMPLES.items()},
    "counselling:trends_of code": Example(lambda world: examples_counselling.publication(), "1999-q1"),
    "counselling:publish code": Example(lambda world: "2025-q1", "1999-q9"),
    **{f"counselling:{route}": _of_a_unit(make) for route, make in examples_counselling.BY_UNIT.items()},
    **BOARD,
    "audit:decide_delay ref": Example(lambda world: delay_that_waits().ref),
    "sequence": Example(lambda world: str(opening_of(world.officer).sequence), "999999999"),
    "admin:app_list app_label": Example(lambda world: "organisation", "nothing"),
    "deployment:posting ref": Example(lambda w: _posting(w.officer), elsewhere=lambda w: _posting(w.other_officer)),
    "deployment:change_posting ref": Example(
        lambda w: _posting(w.officer), elsewhere=lambda w: _posting(w.other_officer)
    ),
    "deployment:change_posting deed": Example(lambda w: "end"),
    "deployment:new_return ref": Example(lambda w: _posting(w.officer), elsewhere=lambda w: _posting(w.other_officer)),
    "deployment:new_return kind": Example(lambda w: "arrival"),
    "deployment:discrepancy ref": Example(
        lambda w: _difference(w.officer, w.ward), elsewhere=lambda w: _difference(w.other_officer, w.other_county)
    ),
    "deployment:resolve_discrepancy ref": Example(
        lambda w: _difference(w.officer, w.ward), elsewhere=lambda w: _difference(w.other_officer, w.other_county)
    ),
    "deployment:resolve_discrepancy deed": Example(lambda w: "roll-wrong"),
    "deployment:order ref": Example(
        lambda w: _order(w.officer, w.ward), elsewhere=lambda w: _order(w.other_officer, w.other_county)
    ),
    "deployment:change_order ref": Example(
        lambda w: _order(w.officer, w.ward), elsewhere=lambda w: _order(w.other_officer, w.other_county)
    ),
    "deployment:change_order deed": Example(lambda w: "arrive"),
    "deployment:resolve ref": Example(lambda w: _answer(w.officer), elsewhere=lambda w: _answer(w.other_officer)),
    "skill": Example(lambda world: "driving-b", "no-such-skill"),
    "deployment:leaving kind": Example(lambda world: "retirement", "nothing"),
    "deployment:leaving years": Example(lambda world: "3", "9"),
    "desk:version ref": _versions("in-force"),
    "desk:edit_version ref": _versions("draft"),
    "desk:version_table ref": _versions("draft"),
    "desk:revise_version ref": _versions("draft"),
    **{f"accounts:{deed} ref": APPOINTMENT for deed in ("appointment", "approve", "refuse", "withdraw", "end")},
    **{
        f"accounts:{deed} ref": ACCOUNT
        for deed in ("one_account", "issue_letter", "hand_over", "cancel_letter", "close", "reopen")
    },
    "accounts:hand_over letter": LETTER,
    "accounts:cancel_letter letter": LETTER,
    "accounts:stop_phone_change ref": Example(lambda world: PhoneChangeFactory(user=world.officer.user).ref),
    "accounts:remove_factor ref": Example(lambda world: factor_of(world.officer.user)),
    "ui:change_view ref": Example(lambda world: SavedViewFactory(user=world.officer.user).ref),
    **{
        f"desk:{route} ref": Example(lambda world: BulkDeedFactory(by=world.people["hr-officer"]).ref)
        for route in ("bulk_deed", "bulk_undo")
    },
    "number": Example(
        lambda world: world.officer.service_number, "000000", lambda world: world.other_officer.service_number
    ),
    "desk:photo number": Example(lambda world: photographed(world.officer).service_number, "000000"),
    "desk:me_download format": Example(lambda world: "json", "tablet"),
    "personnel:change facts": Example(lambda world: "service"),
    "personnel:enter deed": Example(lambda world: "skill"),
    "personnel:enter_one deed": Example(lambda world: "next-of-kin"),
    "personnel:enter_one ref": Example(lambda world: NextOfKinFactory(officer=world.officer).ref),
    "personnel:check_skill ref": Example(
        lambda world: SkillHeldFactory(officer=world.officer).ref,
        elsewhere=lambda world: SkillHeldFactory(officer=world.other_officer).ref,
    ),
    "personnel:evidence ref": Example(
        lambda world: SkillHeldFactory(officer=world.officer).ref,
        elsewhere=lambda world: SkillHeldFactory(officer=world.other_officer).ref,
    ),
    **{
        f"personnel:{route} ref": Example(
            lambda world: CorrectionFactory(officer=world.officer).ref,
            elsewhere=lambda world: CorrectionFactory(officer=world.other_officer).ref,
        )
        for route in ("correction", "withdraw", "correction_evidence")
    },
    **{f"imports:{name} ref": IMPORTS["roll"] for name in IMPORT_PAGES},
    **{f"payroll:{name} ref": IMPORTS["payroll"] for name in IMPORT_PAGES},
    **{f"sheets:{name} ref": IMPORTS["attendance"] for name in IMPORT_PAGES},
    "sheets:upload kind": Example(lambda world: "attendance", "no-such-kind"),
    "sheets:template kind": Example(lambda world: "attendance", "no-such-kind"),
    "imports:upload kind": Example(lambda world: "roll", "no-such-kind"),
    "imports:template kind": Example(lambda world: "roll", "no-such-kind"),
    "payroll:upload kind": Example(lambda world: "payroll", "no-such-kind"),
    "payroll:template kind": Example(lambda world: "payroll", "no-such-kind"),
    **WELLBEING,
    "code": Example(lambda world: world.station.code, "PS-NOWHERE", lambda world: world.other_station.code),
    "jobs:job ref": Example(lambda world: job_of(world.officer.user).ref),
    "jobs:progress ref": Example(lambda world: job_of(world.officer.user).ref),
    "jobs:cancel ref": Example(lambda world: job_of(world.officer.user).ref),
    "letters:result code": Example(lambda world: letter_to(world.officer.user) and CODE),
    "letters:letter ref": Example(lambda world: letter_to(world.officer.user).ref),
    "notify:open ref": Example(lambda world: notice_to(world.officer.user).ref),
}


def example_for(label: str, parameter: str) -> Example:
    """The example of a route's converter. Errors: AssertionError saying what to add where."""
    found = EXAMPLES.get(f"{label} {parameter}") or EXAMPLES.get(parameter)
    assert found, f"No example of <{parameter}> in the route '{label}': add one to EXAMPLES in tests/access/examples.py"
    return found
