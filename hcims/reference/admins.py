"""What every table in the admin has in common: rights from appointments, changes on a paper, files in and out."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.tmp_storages import MediaStorage

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.exports import export_response
from hcims.reference.actions import Check, check_dated, keep
from hcims.reference.files import check_upload
from hcims.reference.history import history_of

SOURCE = forms.CharField(
    label=_("On which paper?"), max_length=200, help_text=_("Letter, circular or gazette notice, with number and date.")
)


class OnPaperForm(forms.ModelForm):
    """A row of reference data, and the paper its change rests on."""

    source = forms.CharField(label=SOURCE.label, max_length=200, help_text=SOURCE.help_text)


class ReferenceAdmin(admin.ModelAdmin):
    """One table. Rows are never deleted; codes are not changed once others refer to them."""

    form = OnPaperForm
    actions = None
    checks: ClassVar[tuple[Check, ...]] = ()
    fixed: ClassVar[tuple[str, ...]] = ("code",)  # not changed on a row that is there
    may_add = True
    may_change = True
    list_per_page = 100

    def _may(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return user.can(Permission.EDIT_REFERENCE, on=request.today)  # type: ignore[attr-defined]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Long sentences get a box in which they can be read."""
        if (getattr(db_field, "max_length", None) or 0) >= 200:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3, "cols": 80})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_urls(self) -> list[Any]:
        """Without the page that deletes, and the old address that only leads on."""
        return [each for each in super().get_urls() if each.name and not each.name.endswith("_delete")]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fixed fields of a row that is there."""
        names = {field.name for field in self.opts.fields}
        return [name for name in self.fixed if name in names] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Every save of the admin is the audited action."""
        keep(
            thing=obj, source=form.cleaned_data["source"], by=request.user, at=request.now,  # type: ignore[attr-defined]
            checks=self.checks,
        )  # fmt: skip

    def log_addition(self, *args: Any, **kwargs: Any) -> Any:
        """The audit trail is the log."""

    def log_change(self, *args: Any, **kwargs: Any) -> Any:
        """The audit trail is the log."""

    def log_deletions(self, *args: Any, **kwargs: Any) -> Any:
        """Nothing is deleted."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The changes of one row, from the audit trail."""
        thing = self.get_object(request, object_id)
        if thing is None:
            raise NotFound(f"{self.opts.label_lower} {object_id}")
        context = self.admin_site.each_context(request) | {
            "title": _("History"),
            "object": thing,
            "opts": self.opts,
            "events": history_of(thing),
        }
        return TemplateResponse(request, "reference/history.html", context)


class SourcedImportForm(ImportForm):
    """A file of rows, and the paper they rest on."""

    source = forms.CharField(label=SOURCE.label, max_length=200, help_text=SOURCE.help_text)

    def clean_import_file(self) -> Any:
        """Refuse what no list of reference data can be, before anything reads it."""
        upload = self.cleaned_data["import_file"]
        check_upload(upload)
        return upload


class SourcedConfirmForm(ConfirmImportForm):
    source = forms.CharField(max_length=200, widget=forms.HiddenInput)


class FileAdmin(ImportExportMixin, ReferenceAdmin):
    """A table that can be taken away as a file and brought back: previewed, then kept row by row by the same action."""

    formats: ClassVar[list[Any]] = [XLSX, CSV]  # type: ignore[misc]
    import_form_class = SourcedImportForm
    confirm_form_class = SourcedConfirmForm
    tmp_storage_class = MediaStorage  # the product's private files, which every worker sees
    skip_admin_log = True
    show_change_form_export = False

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return self._may(request) and user.can(Permission.EXPORT, on=request.today)  # type: ignore[attr-defined]

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        """The paper goes on to the second step."""
        initial = super().get_confirm_form_initial(request, import_form)
        return initial | {"source": import_form.cleaned_data["source"]} if import_form else initial

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """Who imports, when, on what paper, and by which rules: the resource's saves are actions."""
        form = kwargs.get("form")
        source = form.cleaned_data.get("source", "") if form is not None and form.is_bound and form.is_valid() else ""
        return {"by": request.user, "at": request.now, "source": source, "checks": self.checks}  # type: ignore[attr-defined]

    def export_action(self, request: HttpRequest) -> Any:
        """The list as the page shows it, through the product's own audited exports; no form in between."""
        query = request.GET.copy()
        format = query.pop("format", ["xlsx"])[0]
        request.GET = query  # type: ignore[assignment]  # the list would take it for a filter
        resource = self.get_export_resource_classes(request)[0]()
        rows = resource.export(self.get_export_queryset(request))
        name = self.opts.model_name or ""
        return export_response(
            request, name, rows.headers or [], iter(rows), format=format, by=request.user, at=request.now,  # type: ignore[attr-defined]
        )  # fmt: skip


class DatedRuleAdmin(ReferenceAdmin):
    """A table of `hcims.dated_rules`: what a rule was worth stays; its next value is another row."""

    list_display = ("code", "value", "starts_on", "ends_on", "is_confirmed", "legal_basis")
    list_filter = ("code",)
    fields = ("code", "value", "starts_on", "ends_on", "legal_basis", "is_confirmed", "source")
    fixed = ()
    checks = (check_dated,)
