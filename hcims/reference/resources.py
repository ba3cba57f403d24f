"""Reference tables as files: read by code, shown old → new before they are kept, and kept by the admin's action."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.html import format_html
from django.utils.safestring import SafeString
from import_export.resources import Diff, ModelResource

from hcims.audit import trail
from hcims.reference.actions import Check, keep
from hcims.rehearsal import taken_back


class PlainDiff(Diff):
    """Old → new without the library's inline colours, which the content policy forbids."""

    def as_html(self) -> list[SafeString]:
        """One cell for each column."""
        right = self.right or [None] * len(self.left)
        return [self._cell(old, new) for old, new in zip(self.left, right, strict=False)]

    def _cell(self, old: Any, new: Any) -> SafeString:
        before, after = ("" if value is None else str(value) for value in (old, new))
        if self.new or not before:
            return format_html("<ins>{}</ins>", after) if after else format_html("{}", "")
        if before == after:
            return format_html("{}", after)
        return format_html("<del>{}</del> <ins>{}</ins>", before, after)


class _Failed(Exception):
    """A row was wrong: nothing of the file is kept."""


class ReferenceResource(ModelResource):
    """Rows are found by code; an absent column is left alone; whatever is kept goes through the audited action."""

    class Meta:
        import_id_fields = ("code",)
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True  # the preview keeps the rows and takes them back, so that it meets every rule

    def __init__(
        self,
        *,
        by: Any = None,
        at: datetime | None = None,
        source: str = "",
        checks: Iterable[Check] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.by, self.at, self.source, self.checks = by, at, source, tuple(checks)

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        """How the preview shows a changed cell."""
        return PlainDiff

    def import_data(self, dataset: Any, dry_run: bool = False, **kwargs: Any) -> Any:
        """Rows in, all or none. What a preview or a failed import wrote goes back, and the trail's rows with it."""

        def run() -> Any:
            return super(ReferenceResource, self).import_data(dataset, dry_run=dry_run, **kwargs)

        if dry_run:
            return taken_back(run)
        failed: list[Any] = []
        try:
            with transaction.atomic(), trail.collected():
                result = run()
                if result.has_errors() or result.has_validation_errors():
                    failed.append(result)
                    raise _Failed
        except _Failed:
            return failed[0]
        return result

    def get_diff_headers(self) -> list[str]:
        """The headings of the preview."""
        return [str(field.column_name) for field in self.get_import_fields()]

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Keep one row as the admin does."""
        assert self.at is not None  # noqa: S101 - an import has its moment; only exports have none
        keep(thing=instance, source=self.source, by=self.by, at=self.at, checks=self.checks)
