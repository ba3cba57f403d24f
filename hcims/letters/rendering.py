"""Turns plain data into a tagged PDF (PDF/UA-1 and PDF/A-2a) with typst. Reads no table and no clock.

Data reaches the template as JSON and stays data: a text with typst's own signs in it is printed as it is.
"""

from __future__ import annotations

import json
import threading
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

import typst

TEMPLATES = Path(__file__).parent / "typst"
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
_one_at_a_time = threading.Lock()


@lru_cache(maxsize=8)
def _compiler(template: str) -> typst.Compiler:
    # Its own fonts only, and no file outside the folder of templates: the same bytes on every machine.
    return typst.Compiler(input=str(TEMPLATES / template), root=str(TEMPLATES), ignore_system_fonts=True)


def render(template: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """This function will print `data` by a template of this folder; the same data and moment give the same bytes."""
    with _one_at_a_time:
        pdf = _compiler(template).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=list(STANDARDS),
            timestamp=int(at.timestamp()),
        )
    return cast(bytes, pdf)  # one file, as PDF is; a list would be an image for each page
