"""Uploaded lists at rest: encrypted, because they hold in one file what the record keeps encrypted column by column.

A file is a header and frames of a megabyte, each AES-256-GCM with its number as associated data, so that none can be
dropped or moved; the last frame says that it is the last.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

MAGIC = b"HCIMS1\n"
FRAME = 1 << 20


class SealedStorage(FileSystemStorage):
    """Private files on disk, encrypted under the newest field key."""

    def __init__(self) -> None:
        super().__init__(location=settings.PRIVATE_FILES_ROOT, base_url=None)

    def _save(self, name: str, content: Any) -> str:
        return super()._save(name, _Sealed(content))  # type: ignore[misc]

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with open(self.path(name), "rb") as file:
            return ContentFile(b"".join(_opened(file)), name=name)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "hcims.imports.sealed_files.SealedStorage", [], {}


class _Sealed:
    """A readable that gives the encrypted form of another, frame by frame."""

    def __init__(self, content: Any) -> None:
        self._content = content

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Django's storage writes a file from these."""
        key_id, cipher = _cipher(settings.FIELD_KEYS[0])
        yield MAGIC + key_id
        self._content.seek(0)
        number, frame = 0, self._content.read(FRAME)
        while True:
            following = self._content.read(FRAME)
            nonce = secrets.token_bytes(12)
            sealed = nonce + cipher.encrypt(nonce, frame, _place(number, last=not following))
            yield struct.pack("<I", len(sealed)) + sealed
            if not following:
                return
            number, frame = number + 1, following


def _cipher(secret: str) -> tuple[bytes, AESGCM]:
    key = hashlib.sha256(b"hcims file key\0" + secret.encode()).digest()
    return hashlib.sha256(key).digest()[:8], AESGCM(key)


def _place(number: int, *, last: bool) -> bytes:
    return struct.pack("<Q?", number, last)


def _opened(file: IO[bytes]) -> Iterator[bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise ValueError("not one of our sealed files")
    wanted = file.read(8)
    cipher = next((each for key_id, each in map(_cipher, settings.FIELD_KEYS) if key_id == wanted), None)
    if cipher is None:
        raise ValueError("no key in HCIMS_FIELD_KEYS opens this file")
    number, head = 0, file.read(4)
    while head:
        sealed = file.read(struct.unpack("<I", head)[0])
        head = file.read(4)
        try:
            yield cipher.decrypt(sealed[:12], sealed[12:], _place(number, last=not head))
        except InvalidTag as error:
            raise ValueError("a sealed file was altered or cut short") from error
        number += 1


@contextmanager
def opened(stored: Any, suffix: str) -> Iterator[Path]:
    """The plain file behind a stored one, in a folder that only this process reads and that is gone afterwards."""
    with TemporaryDirectory(prefix="hcims-import-") as folder, open(stored.path, "rb") as file:
        path = Path(folder) / f"list.{suffix}"
        with path.open("wb") as out:
            for frame in _opened(file):
                out.write(frame)
        yield path
