"""The fingerprints of custodians' keys that are trusted: a file outside the database, one a line.

Whoever can write the database can put a custodian's key there, but not into this file, nor into what counsellors'
browsers remember of it.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

PIN = re.compile(r"[0-9a-f]{64}")


def pinned() -> list[str]:
    """The pins, in the order of the file; none where there is no file. What follows a # is a remark."""
    path = Path(settings.CUSTODIAN_PINS_FILE)
    if not path.exists():
        return []
    lines = (line.partition("#")[0].strip().lower() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if PIN.fullmatch(line)]
