"""Strength against establishment, counted by the database. One file a question; `Question` is what each is asked.

All of them rest on the same pieces of SQL (`pieces.py`), written for SQLite and PostgreSQL alike: the units of an area,
the holders of posts on a day, and the lines where posts and holders meet.
"""

from deployment.strength.lines import LineRow, VacancyTotal, lines, vacancy_total
from deployment.strength.months import Point, marks_until, points
from deployment.strength.question import Question
from deployment.strength.sides import Side, sides
from deployment.strength.survey import Cell, Survey, cells, survey

__all__ = [
    "Cell",
    "LineRow",
    "Point",
    "Question",
    "Side",
    "Survey",
    "VacancyTotal",
    "cells",
    "lines",
    "marks_until",
    "points",
    "sides",
    "survey",
    "vacancy_total",
]
