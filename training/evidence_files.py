"""Papers that institutions send as evidence: their type is found in their content, never in their name.

Pictures are drawn anew, which leaves behind where and when they were taken; a workbook or a Word document is looked into
without being unpacked whole, and one that carries macros is refused.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from personnel.files import MAX_EVIDENCE, evidence

UNPACKED = 100_000_000  # bytes, of an Office file
ENTRIES = 5_000
OFFICE = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx"}
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def checked(given: Any) -> ContentFile:
    """The paper as it is kept, its name ending as its content says. Errors: ValidationError saying how to mend."""
    if given.size > MAX_EVIDENCE:
        raise ValidationError(
            _("The file is larger than 5 MB. Send the pages that matter, or a picture with less detail.")
        )
    start = given.read(4)
    given.seek(0)
    if start == b"PK\x03\x04":
        content = given.read()
        return ContentFile(content, name=f"evidence.{_office_type(content)}")
    try:
        return evidence(given)
    except ValidationError as error:
        raise ValidationError(
            _("Send a PDF, a JPEG or PNG picture, an Excel workbook (xlsx) or a Word document (docx).")
        ) from error


def _office_type(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except zipfile.BadZipFile as error:
        raise ValidationError(_("The file is damaged. Save it again and send it once more.")) from error
    names = {each.filename for each in entries}
    if len(entries) > ENTRIES or sum(each.file_size for each in entries) > UNPACKED:
        raise ValidationError(_("The file unpacks to more than an Excel or Word file should. Save it as PDF."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(_("The file carries macros. Save it as PDF, or without macros."))
    found = next((ending for name, ending in OFFICE.items() if name in names), None)
    if found is None or "[Content_Types].xml" not in names:
        raise ValidationError(_("This is neither an Excel workbook (xlsx) nor a Word document (docx)."))
    return found
