"""The only words that ever leave by SMS or e-mail. They say that a notice waits, and where; never what it is about."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from hcims.notify.kinds import Channel


def words(channel: str, language: str) -> tuple[str, str]:
    """Subject and body in a language. There is no parameter for anything else, on purpose."""
    address = settings.PUBLIC_URL.rstrip("/") + settings.LOGIN_URL
    with override(language):
        subject = _("You have a notice in HCIMS")
        if channel == Channel.SMS:
            return subject, _("You have a notice in HCIMS. Sign in to read it: %(address)s") % {"address": address}
        body = _(
            "You have a notice in HCIMS. Sign in to read it:\n%(address)s\n\n"
            "This message never says what a notice is about, and never asks for a password or a code."
        )
        return subject, body % {"address": address}
