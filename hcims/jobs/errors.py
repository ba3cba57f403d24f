"""What stops a job. Handlers let the first three pass through; their transaction rolls back."""

from hcims.errors import Refusal


class Stopped(Exception):
    """The job must not go on."""


class Cancelled(Stopped):
    """Somebody asked for the job to be cancelled."""


class LostLease(Stopped):
    """The lease ran out and the job was taken from this worker: nothing it does from now on may be kept."""


class GivenBack(Stopped):
    """The worker is being stopped; the job returns to the queue at once."""


class JobFailed(Refusal):
    """The job cannot be done; the message is for the person who started it and holds no personal value."""
