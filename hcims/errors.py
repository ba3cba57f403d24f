"""The refusals of the product, each turned into a page in one place (`hcims.access.middleware`)."""

from django.http import Http404


class NotFound(Http404):
    """The thing does not exist, or this reader may not know that it does: the two look the same.

    `reference` is what was asked for; it goes to the log, never to the page.
    """

    def __init__(self, reference: object = "") -> None:
        super().__init__("not found")
        self.reference = str(reference)


class Refusal(Exception):
    """A deed that is not done, with a reason its doer can read."""

    def __init__(self, message: str, source: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.source = source  # the law, order or rule that the refusal stands on


class NotAllowed(Refusal):
    """This person may see the thing, but may not do this to it."""


class RuleBroken(Refusal):
    """The deed would break a rule; `source` names the rule."""


class InvalidTransition(Refusal):
    """The thing is in a state from which this move does not exist."""
