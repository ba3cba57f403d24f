"""Messages on the next page, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """This function will say on the next page what was done; `undo_url` takes a POST that takes it back."""
    messages.success(request, text, extra_tags=f"undo:{undo_url}" if undo_url else "")


def warn(request: HttpRequest, text: str) -> None:
    """This function will say on the next page what to look at."""
    messages.warning(request, text)


def refuse(request: HttpRequest, text: str) -> None:
    """This function will say on the next page why something was not done."""
    messages.error(request, text)
