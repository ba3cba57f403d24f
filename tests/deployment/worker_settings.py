"""Settings of a worker process that does the product's own jobs, and starts none by itself."""

from tests.settings import *  # noqa: F403

JOB_DUE: dict[str, str] = {}
