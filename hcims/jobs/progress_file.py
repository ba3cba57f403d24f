"""On SQLite a job's heartbeat and progress live in a file: a long write transaction locks everybody else out.

SQLite means one machine, so every process that cares can read the file.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from hcims.jobs.models import Job, State


@dataclass(frozen=True)
class Seen:
    """What is known of a running job, from its row or from its file, whichever is newer."""

    done: int
    total: int
    label: str
    heartbeat_at: datetime | None


def _path(job: Job) -> Path:
    return Path(settings.VAR_DIR) / "progress" / f"{job.ref}.json"


def write(job: Job, done: int, total: int, label: str, *, at: datetime) -> None:
    """This function will replace the job's file in one step, so that a reader never meets half of it."""
    path = _path(job)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    content = {"token": job.token, "done": done, "total": total, "label": label[:120], "at": at.isoformat()}
    draft.write_text(json.dumps(content))
    draft.replace(path)


def forget(job: Job) -> None:
    """This function will remove the job's file, if there is one."""
    _path(job).unlink(missing_ok=True)


def merged(job: Job) -> Seen:
    """How far the job is: the file's word while it runs under the same token, else the row's."""
    row = Seen(job.done, job.total, job.label, job.heartbeat_at)
    if connection.vendor != "sqlite" or job.state != State.RUNNING:
        return row
    try:
        content = json.loads(_path(job).read_text())
    except (OSError, ValueError):
        return row
    if content.get("token") != job.token:
        return row
    return Seen(content["done"], content["total"], content["label"], datetime.fromisoformat(content["at"]))


def lease_until(job: Job, lease: timedelta) -> datetime:
    """Until when the worker is trusted to be alive."""
    assert job.lease_until is not None  # noqa: S101  (a running job has one: database rule)
    heartbeat = merged(job).heartbeat_at
    return max(job.lease_until, heartbeat + lease) if heartbeat else job.lease_until
