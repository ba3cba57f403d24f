"""`{% load jobs %}{% job_progress job %}`: how far a job is, on any page, watched until it is over."""

from __future__ import annotations

from typing import Any

from django import template

from hcims.jobs import queries
from hcims.jobs.models import Job
from hcims.ui import parts

register = template.Library()
TONES = {"queued": "wait", "running": "info", "done": "good", "failed": "bad", "cancelled": "off"}


@register.inclusion_tag("jobs/_progress.html", takes_context=True)
def job_progress(context: Any, job: Job, polls: int = 0) -> dict[str, Any]:
    """The job's progress; while it is under way the part asks again by itself, and at its end reloads the page."""
    request = context["request"]
    return {"shown": queries.shown(job, request.user, at=request.now), "polls": polls}


@register.filter
def tone(state: str) -> str:
    """The chip's tone for a job's state."""
    return TONES[state]


@register.filter
def wait(polls: int) -> int:
    """Seconds until a watching page asks again: the house's way, 2 rising to 10."""
    return parts.wait_before_poll(polls)


@register.filter
def duration(seconds: int) -> str:
    """Seconds as "47 s", "3 min 5 s", "2 h 10 min"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
