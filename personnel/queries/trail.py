"""What the audit trail calls the records about one person: references alone, so that an auditor finds rows, never content."""

from __future__ import annotations

from typing import Any

from personnel.models import BulkDeedLine, Officer


def refs_about(service_number: str) -> set[str]:
    """References of the record of that service number and of all that hangs on it: postings, orders, claims, requests, cases.

    A number that nobody has gives none. With an account or without one; in service, gone, or entered in error.
    """
    officer = Officer.objects.filter(service_number=service_number).only("pk", "ref").first()
    if officer is None:
        return set()
    found = {officer.ref}
    for relation in Officer._meta.related_objects:
        model: Any = relation.related_model
        if any(field.name == "ref" for field in model._meta.fields):
            rows = model._default_manager.filter(**{relation.field.name: officer.pk})
            found |= set(rows.values_list("ref", flat=True))
    return found | set(BulkDeedLine.objects.filter(officer=officer.pk).values_list("deed__ref", flat=True))
