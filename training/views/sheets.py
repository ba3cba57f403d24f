"""Sheets to fill in, for one cohort. What comes back goes through the pages of the import."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import CONTENT_TYPES, record
from training.policies.cohorts import check_runs
from training.queries.cohorts import access_cohort
from training.sheets import blanks

WRITERS = {"register": blanks.write_register, "results": blanks.write_results}


@opens_to(Permission.RUN_TRAINING)
@require_GET
def blank(request: HttpRequest, ref: str, kind: str) -> FileResponse:
    """The register or the list of results of a cohort, as a workbook with its trainees."""
    cohort = access_cohort(request.user, ref, on=request.today)
    check_runs(request.user, cohort.unit, on=request.today)
    out = io.BytesIO()
    count = WRITERS[kind](out, cohort)
    out.seek(0)
    scope = f"{cohort.version.course.code}, {cohort.title}"
    record(name=f"cohort-{kind}", format="xlsx", count=count, columns=[], scope=scope, by=request.user, at=request.now)
    return FileResponse(
        out, as_attachment=True, filename=f"{kind}-{cohort.ref}.xlsx", content_type=CONTENT_TYPES["xlsx"]
    )
