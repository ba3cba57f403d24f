"""Notices that people read here, the messages that tell them to come, and who wants which."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hcims.encryption import EncryptedTextField
from hcims.notify.kinds import Channel
from hcims.references import new_reference


class PersonalNotice(models.Model):
    """One notice to one person: its kind and where the thing is. The thing itself stays where it is."""

    ref = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    link = models.CharField(max_length=200, blank=True)  # a path of ours
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-at"], name="notify_user_at"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notify_unread"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "link"], condition=Q(read_at=None), name="notify_unread_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Message(models.Model):
    """A message on its way out: to whom and by which channel, never about what. One waits per person and channel."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        GIVEN_UP = "given-up", _("Given up")

    TRANSITIONS = {"waiting": {"sent", "given-up"}, "sent": set(), "given-up": set()}
    PENS = {"waiting": "the worker that sends messages", "sent": "nobody", "given-up": "nobody"}

    ref = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    address = EncryptedTextField(blank=True)  # only where it is not the account's own: the old number of a change
    address_digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True)  # a word for what went wrong last, no address in it
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        ordering = ["next_try_at", "pk"]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="notify_due"),
            models.Index(fields=["state", "over_at"], name="notify_over"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "channel", "address_digest"], condition=Q(state="waiting"), name="notify_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", over_at__isnull=True) | (~Q(state="waiting") & Q(over_at__isnull=False)),
                name="notify_over_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.ref}"

    @property
    def waits_until(self) -> datetime | None:
        """The moment of the next attempt; None when there will be none."""
        return self.next_try_at if self.state == self.State.WAITING else None


class Preference(models.Model):
    """What a person declined. No row: everything goes out."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference")
    sms = models.BooleanField(default=True)
    email = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"sms {self.sms}, e-mail {self.email}"

    def declines(self, channel: str) -> bool:
        """Whether the person does not want this channel."""
        return not getattr(self, channel)
