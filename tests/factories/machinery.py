"""Long work, notices and letters of a person, as the machinery keeps them."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from hcims.jobs import actions as jobs
from hcims.jobs.models import Job
from hcims.letters import codes
from hcims.letters.models import Letter
from hcims.notify import actions as notify
from hcims.notify.kinds import Notice
from hcims.notify.models import PersonalNotice

AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CODE = "abcdefgh23456789"


def job_of(user: User | None) -> Job:
    """Work that this person asked for, waiting."""
    return jobs.enqueue("send-messages", by=user, at=AT)


def notice_to(user: User) -> PersonalNotice:
    """A notice that this person has not read."""
    notify.notify(user, Notice.POSTING_ORDERED, link="/notices/preferences/", at=AT)
    return PersonalNotice.objects.filter(user=user).latest("pk")


def letter_to(user: User, *, code: str = CODE) -> Letter:
    """A kept letter to this person."""
    known = Letter.objects.filter(check_digest=codes.digest(code)).first()
    return known or Letter.objects.create(
        number=f"TEST/{Letter.objects.count() + 1}",
        kind="posting-order",
        issued_at=AT,
        issued_by=user,
        recipient=user,
        office="HR officer, Kilifi County",
        initials="A. O.",
        sha256="0" * 64,
        check_digest=codes.digest(code),
        file=default_storage.save("letters/test.pdf", ContentFile(b"%PDF-1.7 test")),
    )
