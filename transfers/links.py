"""Paths to which notices lead. A notice keeps its path; these addresses therefore stay."""

from __future__ import annotations

OWN_ORDERS = "/transfers/orders/mine/"  # an officer's own orders
ORDERS = "/transfers/orders/"  # those of a commander's or desk's area


def own(ref: str) -> str:
    """The officer's own page of a transfer."""
    return f"/transfers/{ref}/"


def advice(ref: str) -> str:
    """The page on which a commander advises."""
    return f"/transfers/advice/{ref}/"


def desk(ref: str) -> str:
    """The page on which a transfer is decided and processed; a protected one no less, so that the address tells nothing."""
    return f"/transfers/queue/{ref}/"


def my_round(code: str) -> str:
    """The officer's own page of a round."""
    return f"/transfers/rounds/{code}/mine/"


def order(ref: str) -> str:
    """The page of an order, for both commanders and the desk."""
    return f"/transfers/orders/{ref}/"
