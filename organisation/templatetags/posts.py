"""Posts out of the nested dictionaries of a table: `{{ row|posts_of:rank|of:"authorised" }}`."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.filter
def posts_of(row: Any, rank: Any) -> Any:
    """The posts of a rank in a row, by baseline."""
    return row.posts.get(rank.pk, {})


@register.filter
def of(posts: Any, baseline: str) -> int:
    """The posts in a baseline."""
    return posts.get(baseline, 0)


@register.filter
def total_of(row: Any, baseline: str) -> int:
    """All posts of a row in a baseline."""
    return int(row.total(baseline))


@register.filter
def signed(number: Any) -> str:
    """A difference with its sign: +12, −3, 0."""
    value = int(number or 0)
    return f"+{value:,}" if value > 0 else f"{value:,}".replace("-", "−")
