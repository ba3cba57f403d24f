"""The files of a published round: the public tier, the sealed one, and each officer's own out of the archive."""

from __future__ import annotations

import zipfile

from hcims.errors import NotFound
from transfers.models import Certificate


def own_leaf(certificate: Certificate, pseudonym: str) -> bytes:
    """The officer's own file. Errors: NotFound where the pseudonym is not of this round."""
    with certificate.leaves.open("rb") as file, zipfile.ZipFile(file) as archive:
        try:
            return archive.read(f"{pseudonym}.jsonl")
        except KeyError as error:
            raise NotFound(pseudonym) from error


def public(certificate: Certificate) -> bytes:
    """The public tier."""
    with certificate.public.open("rb") as file:
        return bytes(file.read())


def whole(certificate: Certificate) -> bytes:
    """The sealed tier."""
    with certificate.sealed.open("rb") as file:
        return bytes(file.read())
