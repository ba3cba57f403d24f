"""What the public pages of help show: lines and words in force on a day."""

from __future__ import annotations

from datetime import date

from counselling.models import ConsentWords, HelpLine
from hcims.errors import NotFound


def lines_on(on: date) -> list[HelpLine]:
    """The help lines of the day, those confirmed as answered day and night first."""
    return sorted(HelpLine.objects.in_force(on).order_by("order", "pk"), key=lambda line: not line.is_24h)


def words_on(on: date) -> list[ConsentWords]:
    """The words in force on the day, those of a talk with a peer first."""
    return list(ConsentWords.objects.in_force(on).order_by("-purpose"))


def words_for(purpose: str, *, on: date) -> ConsentWords | None:
    """The words said at the start of one kind of talk; none where none are in force."""
    return ConsentWords.objects.in_force(on).filter(purpose=purpose).first()


def access_line(ref: str) -> HelpLine:
    """One help line, in force or ended: they are public. Errors: NotFound."""
    found = HelpLine.objects.select_related("tried_by").filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def all_words() -> list[ConsentWords]:
    """Every version there was, the newest of each kind first."""
    return list(ConsentWords.objects.order_by("-purpose", "-version"))
