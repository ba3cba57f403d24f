"""Private files, served only after access was checked."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg"}


def kept_file(file: Any) -> FileResponse:
    """A kept file as a download: pictures were drawn anew, and a PDF never opens inside the product."""
    ending = file.name.rsplit(".", 1)[-1]
    response = FileResponse(
        file.open("rb"), as_attachment=True, filename=f"evidence.{ending}", content_type=TYPES[ending]
    )
    response["Cache-Control"] = "private, no-store"
    return response
