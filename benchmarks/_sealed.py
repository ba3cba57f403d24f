"""Fills the tables of sealed cases for the benchmark, and asks them by hand: the floor against which the pages are measured.

Bytes of the right length take the place of ciphertext; nothing on the server reads them.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from accounts.models import User
from counselling import grants
from counselling.models import Case
from hcims.references import new_references

USERS, TEXTS = 1_000, 50
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
NOTE, WRAPPED = b"n" * 900, b"w" * 350
COUNTED = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last})"


def fill(cases: int, number: int) -> User:
    """This function will make so many cases and grants, and fifty texts for the first; gives a counsellor who holds it."""
    users = User.objects.bulk_create(
        User(login=f"{place}@bench.test", kind="civilian", full_name=f"Counsellor {place}") for place in range(USERS)
    )
    first, permission = users[0].pk, grants.permission_of(Case).pk
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # a million foreign keys need no check here
            cursor.execute("SET session_replication_role = replica")
        _cases(cursor, cases, first)
        _grants(cursor, cases, number, first, permission)
        _texts(cursor, first)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    return users[0]


def _cases(cursor: Any, cases: int, author: int) -> None:
    rows = [
        (place + 1, ref, "calm lake 47", "age1" + "q" * 58, "open", "2026-01-05", f"2026-03-{place % 28 + 1:02d}")
        for place, ref in enumerate(new_references(cases))
    ]
    cursor.executemany(
        "INSERT INTO counselling_case (id, ref, pseudonym, recipient, key_version, state, opened_on, review_due_on, waited)"
        " VALUES (%s, %s, %s, %s, 1, %s, %s, %s, 'week')",
        rows,
    )
    faces = [(place + 1, ref, place + 1, author, NOTE) for place, ref in enumerate(new_references(cases))]
    cursor.executemany(
        "INSERT INTO counselling_sealedtext (id, ref, case_id, author_id, ciphertext, kind, written_on, key_version, size)"
        " VALUES (%s, %s, %s, %s, %s, 'face', '2026-01-05', 1, 900)",
        faces,
    )
    cursor.execute("UPDATE counselling_case SET face_id = id")


def _grants(cursor: Any, cases: int, number: int, first: int, permission: int) -> None:
    """One holder and one second for each case, and readers by break-glass, half of whom have had their time."""
    cursor.execute(
        f"""INSERT INTO counselling_casegrant
            (id, permission_id, user_id, content_object_id, kind, reason, given_by_id, starts_at, ends_at, wrapped, lookup)
            {COUNTED.format(last=number - 1)}
            SELECT i + 1, %s, %s + (i %% {cases} + (i / {cases}) * 31) %% {USERS}, i %% {cases} + 1,
                   CASE i / {cases} WHEN 0 THEN 'owner' WHEN 1 THEN 'second' ELSE 'break-glass' END, 'cover', %s,
                   {_moment("2020-01-01 00:00:00")},
                   CASE WHEN i / {cases} < 2 THEN NULL
                        WHEN i / {cases} %% 2 = 0 THEN {_moment("2030-01-01 00:00:00")}
                        ELSE {_moment("2025-01-01 00:00:00")} END,
                   %s, ''
            FROM n""",
        [permission, first, first, WRAPPED],
    )


def _moment(text: str) -> str:
    return f"'{text}+00'::timestamptz" if connection.vendor == "postgresql" else f"'{text}'"


def _texts(cursor: Any, author: int) -> None:
    rows = [(10_000_000 + place, ref, 1, author, NOTE) for place, ref in enumerate(new_references(TEXTS - 1))]
    cursor.executemany(
        "INSERT INTO counselling_sealedtext (id, ref, case_id, author_id, ciphertext, kind, written_on, key_version, size)"
        " VALUES (%s, %s, %s, %s, %s, 'note', '2026-02-05', 1, 900)",
        rows,
    )


LIST = """
SELECT c.ref, c.pseudonym, c.state, c.opened_on, c.review_due_on, c.closed_on, c.keep_until, c.recipient, c.key_version,
       c.rekey_due_at, o.name, g.kind, g.ends_at, g.wrapped, g.lookup, f.ref, u.ref, f.written_on, f.ciphertext,
       p.total
FROM (SELECT g.id, count(*) OVER () AS total
      FROM counselling_casegrant g JOIN counselling_case c ON c.id = g.content_object_id
      WHERE g.user_id = %s AND (g.ends_at IS NULL OR g.ends_at > %s) AND c.state = 'open'
      ORDER BY c.review_due_on NULLS LAST, c.id LIMIT 50) p
JOIN counselling_casegrant g ON g.id = p.id JOIN counselling_case c ON c.id = g.content_object_id
LEFT JOIN counselling_sealedtext f ON f.id = c.face_id LEFT JOIN accounts_user u ON u.id = f.author_id
LEFT JOIN counselling_counsellingoffice o ON o.id = c.office_id
ORDER BY c.review_due_on NULLS LAST, c.id
"""
ONE = """
SELECT c.id, c.ref, c.pseudonym, c.state, g.kind, g.wrapped, g.lookup, f.ciphertext
FROM counselling_casegrant g JOIN counselling_case c ON c.id = g.content_object_id
LEFT JOIN counselling_sealedtext f ON f.id = c.face_id
WHERE g.user_id = %s AND (g.ends_at IS NULL OR g.ends_at > %s) AND c.ref = %s
"""
NOTES = """
SELECT t.ref, t.kind, s.ref, u.ref, t.written_on, r.ref, t.key_version, t.size,
       CASE WHEN t.kind <> 'attachment' THEN t.ciphertext END
FROM counselling_sealedtext t JOIN accounts_user u ON u.id = t.author_id
LEFT JOIN counselling_session s ON s.id = t.session_id LEFT JOIN counselling_sealedtext r ON r.id = t.replaces_id
WHERE t.case_id = %s ORDER BY t.written_on, t.id
"""
SESSIONS = """
SELECT s.ref, s.kind, s."on", s.minutes, s.mode, u.ref FROM counselling_session s JOIN accounts_user u ON u.id = s.by_id
WHERE s.case_id = %s ORDER BY s."on", s.id
"""
READERS = """
SELECT u.ref, u.full_name, g.kind, g.starts_at, g.ends_at FROM counselling_casegrant g JOIN accounts_user u ON u.id = g.user_id
WHERE g.content_object_id = %s AND (g.ends_at IS NULL OR g.ends_at > %s) ORDER BY g.starts_at
"""


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _at() -> Any:
    return NOW if connection.vendor == "postgresql" else "2026-03-01 09:00:00"


def bare_list(user: User) -> list[dict[str, Any]]:
    """The list of cases by hand."""
    return [
        {"row": [str(value) for value in (*row[:13], *row[14:18])], "wrapped": _text(row[13]), "face": _text(row[18])}
        for row in _rows(LIST, user.pk, _at())
    ]


def bare_case(user: User, ref: str) -> dict[str, Any]:
    """One case with its fifty notes by hand."""
    case = _rows(ONE, user.pk, _at(), ref)[0]
    notes = [{"row": [str(value) for value in row[:8]], "text": _text(row[8])} for row in _rows(NOTES, case[0])]
    return {
        "case": [str(value) for value in case[:5]],
        "wrapped": _text(case[5]),
        "notes": notes,
        "sessions": _rows(SESSIONS, case[0]),
        "readers": _rows(READERS, case[0], _at()),
    }


def _text(content: Any) -> str:
    return base64.b64encode(bytes(content)).decode()
