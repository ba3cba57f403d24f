"""Letters with a one-time code: issued, handed over against identity, used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import codes, passwords, writing
from accounts.models import LetterPurpose, LetterState, SignInLetter, SignInRuleCode, User
from accounts.policies import letters as policy
from accounts.queries import rules
from accounts.sessions import end_sessions
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify
from hcims.notify.kinds import Notice
from organisation.models import Unit


class WrongCode(RuleBroken):
    """A name and a code that open nothing, whichever of the two is wrong."""


OPEN = [LetterState.ISSUED, LetterState.HANDED_OVER]


@dataclass(frozen=True)
class IssuedCode:
    """A letter and its paper. The code is in the paper and nowhere else."""

    letter: SignInLetter
    pdf: bytes


@action
def issue_activation(
    *,
    user: User,
    unit: Unit | None,
    by: Any,
    at: datetime,
    purpose: str = LetterPurpose.ACTIVATION,
    address: tuple[str, ...] = (),
) -> IssuedCode:
    """This function will issue a letter with a one-time code; an earlier letter still open is cancelled.

    `unit` is where the person serves (none for people from outside); `address` are further lines under the name.
    Errors: NotAllowed when the issuer's office stands in the person's own command; RuleBroken.
    """
    on = timezone.localdate(at)
    office = policy.office_for(by, user, unit, on=on)
    policy.check_can_be_issued(user, purpose)
    _cancel_open(user, by=by, at=at)
    code = codes.new_code()
    expires_at = at + rules.letter_days(purpose, on=on)
    words = f"{office.role_name}, {office.unit.name}"
    number, pdf = writing.print_letter(
        user=user, code=code, purpose=purpose, expires_at=expires_at, address=address, by=by, at=at, office=words
    )
    letter = SignInLetter.objects.create(
        user=user, purpose=purpose, unit=unit, number=number, code_digest=codes.digest(code), issued_by=by,
        issued_at=at, expires_at=expires_at,
    )  # fmt: skip
    event = Event.ACTIVATION_ISSUED if purpose == LetterPurpose.ACTIVATION else Event.SIGN_IN_RESET
    details = {"letter": letter.ref, "number": number, "expires": expires_at.isoformat(), "step": "issued"}
    trail.record(event, target=user, by=by, at=at, office=words, source=policy.OUTSIDE_COMMAND, details=details)
    return IssuedCode(letter, pdf)


def _cancel_open(user: User, *, by: Any, at: datetime) -> None:
    for letter in SignInLetter.objects.select_for_update().filter(user=user, state__in=OPEN).order_by("pk"):
        reason = "expired" if at >= letter.expires_at else "another letter was issued"
        _cancel(letter, by=by, at=at, reason=reason)


def _cancel(letter: SignInLetter, *, by: Any, at: datetime, reason: str) -> None:
    fields = {"cancelled_by": by, "cancelled_at": at, "cancelled_reason": reason[:200]}
    workflow.move(letter, LetterState.CANCELLED, by=by, at=at, note=reason, **fields)


@action
def hand_over(*, letter: SignInLetter, identity_document: str, by: Any, at: datetime) -> SignInLetter:
    """This function will put on record that the letter was handed over, and which document was seen. The code works now.

    Errors: NotAllowed when the office stands in the person's own command; RuleBroken for an expired letter.
    """
    office = policy.office_for(by, letter.user, letter.unit, on=timezone.localdate(at))
    policy.check_can_hand_over(letter, at=at)
    fields = {"handed_over_by": by, "handed_over_at": at, "identity_document": identity_document}
    workflow.move(letter, LetterState.HANDED_OVER, by=by, at=at, **fields)
    event = Event.ACTIVATION_ISSUED if letter.purpose == LetterPurpose.ACTIVATION else Event.SIGN_IN_RESET
    details = {"letter": letter.ref, "seen": identity_document, "step": "handed over"}
    words = f"{office.role_name}, {office.unit.name}"
    trail.record(event, target=letter.user, by=by, at=at, office=words, source=policy.IDENTITY, details=details)
    return letter


@action
def cancel_letter(*, letter: SignInLetter, by: Any, at: datetime, reason: str) -> SignInLetter:
    """This function will make a letter's code worthless."""
    policy.office_for(by, letter.user, letter.unit, on=timezone.localdate(at))
    _cancel(letter, by=by, at=at, reason=reason)
    return letter


@action
def note_wrong_code(*, login: str) -> None:
    """This function will count one wrong try against the open letter of that account, if there is one."""
    SignInLetter.objects.filter(user__login=login, state__in=OPEN).update(tries=F("tries") + 1)


@action
def activate(*, login: str, code: str, password: str, at: datetime) -> User:
    """This function will take a letter's code once, set the password, and drop what the account had before.

    A reset also removes the second factor and ends every session: whoever needs a reset has lost one of the two.
    Errors: RuleBroken, the same for an unknown name, a wrong code, an expired letter and one not handed over yet.
    """
    on = timezone.localdate(at)
    tries = rules.number(SignInRuleCode.CODE_TRIES, on=on)
    letter = (
        SignInLetter.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(
            user__login=login, user__is_active=True, state=LetterState.HANDED_OVER, expires_at__gt=at, tries__lt=tries
        )
        .first()
    )
    # The digest is made in any case, so that an unknown name takes as long as a wrong code.
    if not codes.fits(code, letter.code_digest if letter else codes.digest("")) or letter is None:
        raise WrongCode(wrong_code())
    user = User.objects.select_for_update().get(pk=letter.user_id)
    passwords.check(password, user, on=on)
    workflow.move(letter, LetterState.USED, by=user, at=at, used_at=at)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    user.set_password(password)
    user.activated_at = user.activated_at or at
    user.save(update_fields=["password", "activated_at"])
    event = Event.ACCOUNT_ACTIVATED if letter.purpose == LetterPurpose.ACTIVATION else Event.SIGN_IN_RESET
    trail.record(event, target=user, by=user, at=at, details={"letter": letter.ref, "step": "used"})
    if letter.purpose == LetterPurpose.RESET:  # word to where the owner is reached, should it be somebody else
        notify(user, Notice.SIGN_IN_RESET, at=at, link="/account/")
    return user


def wrong_code() -> str:
    """The one sentence for everything that can be wrong with a name and a code."""
    return _(
        "This name and code do not open an account. Check both against your letter. If they are right, the letter may "
        "have expired, or the office that gave it to you has not yet recorded that it did: ask there."
    )
