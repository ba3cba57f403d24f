"""Settings of a worker process that a test starts."""

from tests.jobs import kinds
from tests.settings import *  # noqa: F403

JOB_KINDS = kinds.KINDS
JOB_DUE: dict[str, str] = {}
