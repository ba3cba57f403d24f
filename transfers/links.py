"""Paths to which notices lead. A notice keeps its path; these addresses therefore stay."""

from __future__ import annotations

OWN_ORDERS = "/transfers/orders/mine/"  # an officer's own orders
ORDERS = "/transfers/orders/"  # those of a commander's or desk's area


def own(ref: str) -> str:
    """The officer's own page of a transfer."""
    return f"/transfers/{ref}/"


def swap(ref: str) -> str:
    """The page on which an officer of an exchange answers."""
    return f"/transfers/exchanges/{ref}/"


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


def signal(ref: str) -> str:
    """The page of a signal: the moves of a command under one number."""
    return f"/transfers/signals/{ref}/"


def run(ref: str) -> str:
    """The page of a run of a round."""
    return f"/transfers/runs/{ref}/"


def why(ref: str) -> str:
    """The officer's own page of an award: why, why not, and what would have changed it."""
    return f"/transfers/why/{ref}/"


def appeal(ref: str) -> str:
    """The page of an appeal, for the officer, the panel and who names it."""
    return f"/transfers/appeals/{ref}/"


def exchange(code: str) -> str:
    """The window for mutual exchange after a round."""
    return f"/transfers/exchange/{code}/"
