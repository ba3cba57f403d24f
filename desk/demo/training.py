"""Invented training: courses, cohorts, what is taught where."""

from __future__ import annotations

import random
from datetime import date, datetime

from accounts.models import User
from desk.demo import training_cohorts, training_courses, training_matrix, training_rollout


def store(chance: random.Random, by_role: dict[str, User], *, on: date, at: datetime) -> None:
    """This function will invent the training of the service. Courses come first: the others build on them."""
    training_courses.store(chance, by_role, on=on, at=at)
    training_cohorts.store(chance, by_role, on=on, at=at)
    training_matrix.store(chance, by_role, on=on, at=at)
    training_rollout.store(chance, by_role, on=on, at=at)
