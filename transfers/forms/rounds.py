"""Forms of a round: its calendar, the lottery, the seat table, publication."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form


class PrepareForm(Form):
    """A round under a published rule book."""

    code = forms.SlugField(label=_("Code"), max_length=30, help_text=_("Short and lasting, such as 2027-q1"))
    title = forms.CharField(label=_("Title"), max_length=160)
    rule_book: Any = forms.ModelChoiceField(queryset=None, label=_("Rule book"), help_text=_("Only published ones"))
    opens_on = DayField(label=_("Lists open on"))
    closes_on = DayField(label=_("Lists close on"))
    claims_until = DayField(label=_("Facts can be corrected until"), help_text=_("To the end of this day"))
    draw_on = DayField(label=_("Draw on"))
    report_by = DayField(label=_("Report at the new place by"))
    appeals_until = DayField(label=_("Appeals until"))
    seats_source = forms.CharField(
        label=_("Where the seats come from"),
        max_length=200,
        help_text=_("The paper behind the working strength or the seat table"),
    )
    public_draw = forms.CharField(
        label=_("Public draw"), max_length=200,
        help_text=_("A later draw that nobody here controls, named before: its numbers enter the seed"),
    )  # fmt: skip

    def __init__(self, *args: Any, books: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule_book: Any = self.fields["rule_book"]
        rule_book.queryset = books


class CommitForm(Form):
    """The digest that a body lays down."""

    body = forms.CharField(
        label=_("Body"), max_length=120, help_text=_("Such as the Commission or the staff association")
    )
    sha256 = forms.CharField(
        label=_("SHA-256 digest of its number"), max_length=80,
        help_text=_('Made with: printf %%s "NUMBER" | openssl dgst -sha256'),
    )  # fmt: skip


class RevealForm(Form):
    """The number behind a digest."""

    body = forms.ChoiceField(label=_("Body"))
    nonce = forms.CharField(
        label=_("Its number"), max_length=128, help_text=_("Exactly as it was written when the digest was made")
    )

    def __init__(self, *args: Any, bodies: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body: Any = self.fields["body"]
        body.choices = [(each, each) for each in bodies]


class DrawForm(Form):
    """What the public draw gave."""

    public_result = forms.CharField(
        label=_("Result of the public draw"),
        max_length=200,
        help_text=_("As it was published: anyone must be able to repeat it"),
    )


class CancelForm(Form):
    """Why a round is cancelled."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Everyone reads it")
    )


class PublishForm(Form):
    """The day to report, where the days of notice have become too short."""

    report_by = DayField(label=_("Report at the new place by"))


class SeatsForm(Form):
    """A seat table, pasted from a spreadsheet or as a CSV file."""

    source = forms.CharField(label=_("Paper that approves it"), max_length=200)
    table = forms.CharField(
        label=_("Table"), required=False, widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("Each line: code of the unit, code of the rank, code of the skill or nothing, seats. Copied from a "
                    "spreadsheet, or with semicolons or commas."),
    )  # fmt: skip
    file = forms.FileField(label=_("Or a CSV file"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("file"):
            data["table"] = self._read(data["file"])
        if not (data.get("table") or "").strip() and not self.errors:
            self.add_error("table", _("Paste the table, or choose a file."))
        return data

    def _read(self, file: Any) -> str:
        if file.size > 5_000_000:
            self.add_error("file", _("The file is larger than 5 MB. A seat table of the whole service is smaller."))
            return ""
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("The file is not a CSV text. Save it as CSV (UTF-8) and choose it again."))
            return ""
