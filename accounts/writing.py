"""The text of a sign-in letter, in the person's own language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import LetterPurpose, User
from hcims.letters import actions as letters
from hcims.letters.blocks import Block, Draft, code, facts, initials, items, paragraph


def print_letter(
    *,
    user: User,
    code: str,
    purpose: str,
    expires_at: datetime,
    address: Sequence[str],
    by: Any,
    at: datetime,
    office: str,
) -> tuple[str, bytes]:
    """This function will number and print the letter. Shape: its number, and the only copy of the paper."""
    with override(user.language):
        draft = Draft(
            title=_title(purpose),
            blocks=_blocks(user, code, purpose, expires_at),
            to=[user.full_name, user.login, *address],
            signed=[by.full_name, office],
            initials=initials(user.full_name),
            about=user.ref,
            recipient=user,
            language=user.language,
        )
    issued = letters.issue("sign-in", draft, by=by, at=at, office=office)
    return issued.letters[0].number, issued.pdf


def _title(purpose: str) -> str:
    return _("Your new way of signing in") if purpose == LetterPurpose.RESET else _("Your account is ready")


def _blocks(user: User, secret: str, purpose: str, expires_at: datetime) -> list[Block]:
    where = settings.PUBLIC_URL.rstrip("/") + reverse("accounts:activate")
    last_day = date_format(timezone.localtime(expires_at), "j F Y, H:i")
    reason = (
        _(
            "It was asked for that your password and second factor be set anew. The old ones end when you use this letter."
        )
        if purpose == LetterPurpose.RESET
        else _("You can now read your own record, see who opened it, and ask for corrections.")
    )
    return [
        paragraph(reason),
        facts([(_("Your sign-in name"), user.login), (_("Use the code before"), last_day)]),
        code(_("Your one-time code"), secret),
        items(
            [
                _("Open %(address)s on your telephone or on a computer.") % {"address": where},
                _("Enter your sign-in name and the code. Capital or small letters make no difference."),
                _(
                    "Choose a password that only you know: three or four words are easy to keep in mind and hard to guess."
                ),
                _("Destroy this letter. The code works once."),
            ]
        ),
        paragraph(
            _(
                "Nobody in the service, of whatever rank, may ask you for this code or for your password. If you did not "
                "receive this letter by hand against an identity document, or its cover was opened, do not use it: tell "
                "the office named below."
            )
        ),
    ]
