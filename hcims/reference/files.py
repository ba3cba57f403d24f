"""Files brought to the admin: looked at before anything reads them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hcims.errors import Refusal
from hcims.imports.prescan import prescan

MOST_BYTES = 5_000_000  # reference tables are small


def check_upload(upload: Any) -> None:
    """This function will refuse a file that is too large, hostile, or not what its name says. Errors: ValidationError."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 5 MB. A list of reference data is a few hundred rows."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        upload.seek(0)
        try:
            prescan(path, upload.name)
        except Refusal as refusal:
            raise ValidationError(refusal.message) from refusal
