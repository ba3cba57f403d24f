"""Files that people send: their type is found from their content, pictures are drawn anew, sizes are limited.

Drawing anew leaves behind whatever a picture carried: place and time of the photograph, thumbnails, scripts.
"""

from __future__ import annotations

import io
import warnings
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_PHOTO = 5_000_000  # bytes as sent
MAX_EVIDENCE = 5_000_000
MAX_PIXELS = 40_000_000
PHOTO_SIZE = (480, 600)
EVIDENCE_SIZE = (1600, 1600)
ALLOWED = ("JPEG", "PNG")


def _drawn_anew(given: IO[bytes], size: tuple[int, int], quality: int) -> bytes:
    """The picture as a fresh JPEG no larger than `size`. Errors: ValidationError for what is no picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(given, formats=ALLOWED) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise ValidationError(_("The picture has too many points. Send a smaller one."))
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        if isinstance(error, ValidationError):
            raise
        raise ValidationError(_("This is not a JPEG or PNG picture, or it is damaged.")) from error
    upright.thumbnail(size)
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def photograph(given: Any) -> ContentFile:
    """A photograph of an officer as it is kept. Errors: ValidationError."""
    return ContentFile(_drawn_anew(given, PHOTO_SIZE, 82), name="photo.jpg")


def evidence(given: Any) -> ContentFile:
    """A certificate as it is kept: a picture drawn anew, or a PDF as sent. Errors: ValidationError."""
    if given.size > MAX_EVIDENCE:
        raise ValidationError(_("The file is larger than 5 MB. Photograph the page again with less detail."))
    start = given.read(5)
    given.seek(0)
    if start == b"%PDF-":
        return ContentFile(given.read(), name="evidence.pdf")
    return ContentFile(_drawn_anew(given, EVIDENCE_SIZE, 78), name="evidence.jpg")
