"""Every notice there is: one sentence, which channels say that there is one, and whether it can be declined.

The sentence is read only by whoever is signed in. What leaves the system by SMS or e-mail is one and the same text for
all of them (`outgoing.py`): a telephone lies on a table, and a mail is read by others. No matter of wellbeing ever leaves by such
a text. One notice speaks of it: the offer after a critical incident, which everybody posted at the unit gets alike and which
counts as read when it comes, so that nothing is on record about who looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a person outside the system is told that a notice waits inside."""

    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")


@dataclass(frozen=True)
class NoticeKind:
    """What a notice of this kind says to its reader."""

    code: str
    text: str | Promise
    channels: frozenset[Channel] = frozenset()
    compulsory: bool = False  # about the safety of the account: goes out even to whoever declined messages
    leaves_no_trace: bool = False  # counts as read when it comes: whether anybody read it is on record nowhere


BOTH = frozenset({Channel.SMS, Channel.EMAIL})
MAIL = frozenset({Channel.EMAIL})


class Notice(Enum):
    """The kinds, by the deed that gives rise to them."""

    # The account
    SIGN_IN_RESET = NoticeKind("sign-in-reset", _("Your way of signing in was reset."), BOTH, compulsory=True)
    SIGN_IN_CHANGED = NoticeKind(
        "sign-in-changed", _("Your password or your second factor was changed."), BOTH, compulsory=True
    )
    PHONE_CHANGE_ASKED = NoticeKind(
        "phone-change-asked",
        _("A new telephone number was given for your account. Stop the change if it was not you."),
        BOTH,
        compulsory=True,
    )
    PHONE_CHANGED = NoticeKind(
        "phone-changed", _("The telephone number of your account was changed."), BOTH, compulsory=True
    )
    APPOINTMENT_TO_APPROVE = NoticeKind("appointment-to-approve", _("An appointment waits for your approval."), MAIL)
    APPOINTMENT_DECIDED = NoticeKind("appointment-decided", _("An appointment you proposed was decided."), MAIL)
    APPOINTED = NoticeKind("appointed", _("You were appointed to a role."), BOTH)
    APPOINTMENT_ENDED = NoticeKind("appointment-ended", _("An appointment of yours has ended."), BOTH)
    PRIVILEGED_GRANT = NoticeKind(
        "privileged-grant", _("A privileged role was given to somebody."), MAIL, compulsory=True
    )
    # My record
    CORRECTION_DECIDED = NoticeKind("correction-decided", _("Your request to correct your record was answered."), BOTH)
    SKILL_CHECKED = NoticeKind("skill-checked", _("A skill you entered was checked."), BOTH)
    # Postings
    POSTING_ORDERED = NoticeKind("posting-ordered", _("There is a posting order for you."), BOTH)
    POSTING_CANCELLED = NoticeKind("posting-cancelled", _("A posting order to you was cancelled."), BOTH)
    # Transfers. One sentence serves a protected request as well: it must not tell the two apart.
    TRANSFER_NEWS = NoticeKind("transfer-news", _("There is news about your transfer."), BOTH)
    TRANSFER_TO_ANSWER = NoticeKind("transfer-to-answer", _("A transfer waits for your answer."), BOTH)
    TRANSFER_TO_ADVISE = NoticeKind("transfer-to-advise", _("A transfer waits for your advice."), BOTH)
    TRANSFER_TO_DECIDE = NoticeKind("transfer-to-decide", _("A transfer waits for your decision."), MAIL)
    TRANSFER_TO_REVIEW = NoticeKind("transfer-to-review", _("An emergency transfer waits for its review."), MAIL)
    TRANSFER_AT_UNIT = NoticeKind("transfer-at-unit", _("A posting order concerns your unit."), BOTH)
    SIGNAL_ISSUED = NoticeKind("signal-issued", _("A signal lists the moves of your command."), MAIL)
    RELEASE_TO_DECIDE = NoticeKind("release-to-decide", _("A release that was refused waits for your decision."), MAIL)
    DEFERMENT_TO_DECIDE = NoticeKind("deferment-to-decide", _("An officer asks to report later."), MAIL)
    ALLOWANCE_TO_CONFIRM = NoticeKind("allowance-to-confirm", _("A payment to you waits for your word."), BOTH)
    APPEAL_TO_NAME = NoticeKind("appeal-to-name", _("An appeal waits for its panel to be named."), MAIL)
    APPEAL_TO_HEAR = NoticeKind("appeal-to-hear", _("You were named to hear an appeal."), BOTH)
    # Training
    TRAINING_NEWS = NoticeKind("training-news", _("There is news about a course for you."), BOTH)
    TRAINING_TO_ANSWER = NoticeKind(
        "training-to-answer", _("An officer asks for a course and waits for your answer."), BOTH
    )
    TRAINING_TO_CHOOSE = NoticeKind("training-to-choose", _("A name was put forward for a course of yours."), MAIL)
    # Wellbeing
    SUPPORT_OFFERED = NoticeKind(
        "support-offered",
        _(
            "After what happened at your unit, somebody to talk to is there for everyone posted there. This went to all alike;"
            " who takes it up is recorded nowhere."
        ),
        leaves_no_trace=True,
    )
    # Counselling: one sentence for everything, here alone, to those who work there; nothing ever goes to a client
    SOMETHING_WAITS = NoticeKind("something-waits", _("Something waits for you."))
    # Desk work
    ESTABLISHMENT_TO_APPROVE = NoticeKind(
        "establishment-to-approve", _("An establishment waits for your approval."), MAIL
    )
    ESTABLISHMENT_DECIDED = NoticeKind("establishment-decided", _("An establishment you submitted was decided."), MAIL)
    IMPORT_TO_CONFIRM = NoticeKind("import-to-confirm", _("A large import waits for a second person."), MAIL)
    IMPORT_SENT_BACK = NoticeKind("import-sent-back", _("A large import you confirmed was sent back to you."), MAIL)
    IMPORT_OVER = NoticeKind("import-over", _("An import you started is over."))

    @property
    def code(self) -> str:
        """The word under which it is stored."""
        return self.value.code


_BY_CODE = {each.code: each for each in Notice}


def text_of(code: str) -> str:
    """The sentence of a stored notice, also of a kind that is sent no more."""
    return str(_BY_CODE[code].value.text) if code in _BY_CODE else str(_("You have a notice."))
