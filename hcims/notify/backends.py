"""Ways out for SMS. `SMS_BACKEND` in settings names one; e-mail leaves by Django's own (`EMAIL_BACKEND`)."""

from __future__ import annotations

import sys
from typing import Protocol, TextIO

from django.conf import settings
from django.core import mail
from django.utils.module_loading import import_string

from hcims.notify.kinds import Channel


class NotSent(Exception):
    """The way out did not take the message. `problem` is one word and holds no address."""

    def __init__(self, problem: str, *, for_good: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.for_good = for_good  # trying again is of no use


class SmsBackend(Protocol):
    """What a gateway's backend can do."""

    def send(self, number: str, text: str, reference: str) -> None:
        """Hand one message over. `reference` is the same at each attempt, so that a gateway can drop a double."""


class ConsoleSms:
    """Prints messages: for the demo and for development."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def send(self, number: str, text: str, reference: str) -> None:
        print(f"SMS to {number} ({reference}): {text}", file=self._stream or sys.stdout, flush=True)


class NoSms:
    """No gateway is configured: messages wait, and the status page says so."""

    def send(self, number: str, text: str, reference: str) -> None:
        raise NotSent("no-gateway")


def sms_is_configured() -> bool:
    """Whether SMS can leave at all."""
    return import_string(settings.SMS_BACKEND) is not NoSms


def send(channel: str, address: str, subject: str, body: str, reference: str) -> None:
    """This function will hand one message over. Errors: NotSent."""
    try:
        if channel == Channel.SMS:
            backend: SmsBackend = import_string(settings.SMS_BACKEND)()
            backend.send(address, body, reference)
        else:
            headers = {"Message-ID": f"<{reference}@{settings.PUBLIC_URL.split('//')[-1].split('/')[0].split(':')[0]}>"}
            mail.EmailMessage(subject, body, to=[address], headers=headers).send()
    except NotSent:
        raise
    except Exception as error:  # whatever a gateway's library raises: its words may quote the address
        raise NotSent(type(error).__name__[:40]) from None
