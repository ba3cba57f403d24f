"""What people were told, for tests of the deeds that tell them."""

from __future__ import annotations

from typing import Any

from hcims.notify.models import PersonalNotice


def told(user: Any) -> list[tuple[str, str]]:
    """Kind and link of each notice that stands before a person, the first one first."""
    return list(PersonalNotice.objects.filter(user=user).order_by("pk").values_list("kind", "link"))
