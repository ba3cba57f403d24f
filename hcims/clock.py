"""The clock. Only views, jobs and commands read it; everything below is told the time."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Today's date in Nairobi."""
    return timezone.localdate()
