"""The letter of an order, to the officer."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import override

from hcims.letters.blocks import Draft, facts, heading, initials, items, paragraph
from hcims.letters.kinds import LetterKind
from transfers import allowances, orders_shown
from transfers.models import AllowanceClass, RuleCode, TransferOrder
from transfers.queries import rules

ORDER = LetterKind("transfer-order", _l("Posting order"), series="transfer-order")


def language_of(transfer: TransferOrder) -> str:
    """The language in which the officer reads."""
    user = transfer.order.officer.user
    return str(user.language) if user is not None else "en"


def appeal_by(transfer: TransferOrder) -> date:
    """The last day on which the officer may appeal against the order."""
    if transfer.award is not None:
        until: date = transfer.award.participation.round.appeals_until
        return until
    day = timezone.localdate(transfer.published_at)
    return day + timedelta(days=rules.value(RuleCode.APPEAL_DAYS, day))


def draft(transfer: TransferOrder) -> Draft:
    """The order as a letter, in the officer's language; `order`, `allowance` and what they name are at hand."""
    order, officer, language = transfer.order, transfer.order.officer, language_of(transfer)
    with override(language):
        return Draft(
            title=_("Posting order"),
            blocks=[
                paragraph(_("You are posted as follows. The posting begins on the day you arrive.")),
                facts(_facts(transfer, language)),
                heading(_("Reason")),
                paragraph(orders_shown.reason_of(transfer.kind, transfer.reason_code).text(language)),
                facts([(_("Legal basis"), _basis(transfer)), (_("Decided"), order.authority)]),
                heading(_("What to do")),
                items(_to_do(transfer)),
                heading(_("If you do not agree")),
                paragraph(
                    _("You may appeal until %(day)s, under Transfers in this system or on paper at any HR desk. Those who "
                      "advised or decided do not hear the appeal.")
                    % {"day": _day(appeal_by(transfer))}
                ),
            ],
            to=[officer.full_name, f"{officer.rank or ''} {officer.service_number}".strip(),
                order.from_unit.name if order.from_unit else ""],
            signed=[order.authority.partition(";")[0]],
            initials=initials(officer.full_name),
            about=transfer.ref,
            recipient=officer.user,
            language=language,
        )  # fmt: skip


def _facts(transfer: TransferOrder, language: str) -> list[tuple[str, object]]:
    order = transfer.order
    post = f"{order.post_rank}, {order.post_skill}" if order.post_skill else str(order.post_rank)
    rows: list[tuple[str, object]] = [
        (_("Officer"), f"{order.officer.service_number} {order.officer.full_name}"),
        (_("From"), order.from_unit.name if order.from_unit else "–"),
        (_("To"), order.to_unit.name),
        (_("Duty"), order.duty),
        (_("Post"), post),
        (_("Report by"), _day(order.report_by)),
        (_("Allowance"), allowances.words_of(transfer.kind, transfer.allowance.kind)),
    ]
    if transfer.handover_position is not None:
        rows.append((_("Place in the order of handing over"), transfer.handover_position))
    return rows


def _basis(transfer: TransferOrder) -> str:
    if orders_shown.is_quiet(transfer.kind, transfer.reason_code):
        return orders_shown.reason_of(transfer.kind, transfer.reason_code).source
    return transfer.legal_basis


def _to_do(transfer: TransferOrder) -> list[str]:
    found = [
        _("Hand over by the day on which your commander releases you. The release is due by %(day)s.")
        % {"day": _day(transfer.release_by)},
        _("Report at the new unit by the day above; your arrival is recorded there on the same day."),
    ]
    if transfer.allowance.kind != AllowanceClass.NONE:
        found.insert(0, _("Confirm the payment of the allowance in this system. Do not leave before it is paid."))
    found.append(_("If you cannot report in time, ask for a later day before that day has passed."))
    return found


def _day(day: date) -> str:
    return date_format(day, "j F Y")
