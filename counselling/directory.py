"""The directory of supporters as one small file: the same for everybody, filtered on the phone, so that nobody learns who looks.

Pure: rows in, bytes out. The file is the same to the byte while nothing changed, which its tag says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

VERSION = 1


def content(rows: Iterable[Mapping[str, Any]], counties: Mapping[str, str]) -> bytes:
    """The file: counties and commands by code, and for each person what he or she chose to show.

    Shape: people are lists `[ref, name, county, sex, languages, command or "", telephone or "", availability, can be asked
    to call back: 1 or 0]`. Names of fields for a thousand people would be half of the file.
    """
    rows = list(rows)
    people = [
        [
            row["ref"], row["shown_name"], row["county__code"], row["sex"], " ".join(row["languages"]),
            row["command_code"] if row["shows_command"] else "", row["telephone"], row["availability"], int(row["has_key"]),
        ]
        for row in rows
    ]  # fmt: skip
    commands = {row["command_code"]: row["command_name"] for row in rows if row["shows_command"]}
    used = {row["county__code"] for row in rows}
    whole = {
        "v": VERSION,
        "counties": {code: name for code, name in counties.items() if code in used},
        "commands": dict(sorted(commands.items())),
        "people": people,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def tag(file: bytes) -> str:
    """The file's tag (ETag): changes when, and only when, the file does."""
    return f'"{hashlib.sha256(file).hexdigest()[:32]}"'
