"""Forms of the import pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hcims.imports.cells import split_name
from hcims.imports.columns import Column
from hcims.imports.prescan import FORMATS
from hcims.imports.questions import AS_THEY_ARE, LEAVE_OUT, SURNAME_FIRST, SURNAME_LAST
from hcims.ui.forms import DayField, Form


class UploadForm(Form):
    """A file, the day it speaks of, and whose list it is."""

    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy("An .xlsx, .xls, .ods or .csv file. Rows are shown to you before anything is written."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{each}" for each in FORMATS)}),
    )
    list_on = DayField(
        label=gettext_lazy("The day on which the list was true"),
        help_text=gettext_lazy(
            "Usually the date in the title of the list. Later entries on record are not overwritten."
        ),
    )
    area = forms.ChoiceField(label=gettext_lazy("Whose list it is"), required=False)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        if len(areas) == 1:
            self.fields["area"].widget = forms.HiddenInput()
            self.fields["area"].initial = areas[0][0]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower().lstrip(".") not in FORMATS:
            raise forms.ValidationError(_("Choose an .xlsx, .xls, .ods or .csv file."))
        return file


class QuestionsForm(Form):
    """One field for each question that a reading asked."""

    def __init__(self, *args: Any, questions: list[dict[str, Any]], columns: tuple[Column, ...],
                 heading: dict[str, Any] | None = None, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        labels = {column.name: str(column.label) for column in columns if not column.series}
        for question in questions:
            label, choices = asked(question, labels)
            self.fields[question["id"]] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
            if question["kind"] in ("column", "need"):
                self.fields[question["id"]].widget = forms.Select(choices=[("", _("Choose")), *choices])
        known = enumerate((heading or {}).get("columns", []))
        self._known = {column for place, (_text, column) in known if f"column:{place}" not in self.fields}
        self._labels = labels

    def clean(self) -> dict[str, Any]:
        return _each_column_once(self, self._labels, self._known)


def _each_column_once(form: forms.Form, labels: dict[str, str], known: Iterable[str] = ()) -> dict[str, Any]:
    """This function will refuse the same column for two headings: one of them would be left out without a word.

    `known` are columns of other headings, about which nothing is asked.
    """
    given: dict[str, Any] = form.cleaned_data
    taken = set(known)
    for name, column in [each for each in given.items() if each[0].startswith("column:") and each[1] in labels]:
        if column in taken:
            form.add_error(name, _("Two columns cannot both be “%(column)s”. Leave one of them out, or choose another.")
                           % {"column": labels[column]})  # fmt: skip
        taken.add(column)
    return given


def asked(question: dict[str, Any], labels: dict[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """The question in words, and the answers there are."""
    column = labels.get(question.get("column", ""), "")
    examples = ", ".join(question.get("examples", []))
    if question["kind"] == "sheet":
        return _("Which sheet holds the list?"), [(name, name) for name in question["names"]]
    if question["kind"] == "column":
        likely = question["column"]
        others = [(name, label) for name, label in labels.items() if name != likely]
        choices = [(likely, column), ("-", _("None of these: leave it out")), *others]
        text = _("What is the column “%(heading)s”? It looks like “%(column)s”.")
        if examples:
            text = _("What is the column “%(heading)s” with %(examples)s? It looks like “%(column)s”.")
        return text % {"heading": question["heading"], "column": column, "examples": examples}, choices
    if question["kind"] == "need":
        choices = [(str(each["index"]), each["heading"]) for each in question["headings"]]
        return _("Which column holds “%s”?") % column, choices
    if question["kind"] == "dates":
        return _dates(question, column, examples)
    if question["kind"] == "swapped":
        return (
            _(
                "In “%(column)s” some dates, such as %(examples)s, are text and all others have days up to 12. The program "
                "that made the file may have exchanged days and months of those others. Did it?"
            )
            % {"column": column, "examples": examples},
            [("yes", _("Yes: exchange day and month back")), ("no", _("No: they are as they should be"))],
        )
    if question["kind"] == "names":
        return _names(question.get("heading") or column, question["examples"])
    widths = [(str(width), _("Fill up with zeros to %d digits") % width) for width in question["widths"]]
    return (
        _("In “%(column)s” numbers such as %(examples)s may have lost their leading zeros.")
        % {"column": column, "examples": examples},
        [
            *widths,
            (AS_THEY_ARE, _("They are complete as they are")),
            *([] if question.get("required") else [(LEAVE_OUT, _("Leave this column out"))]),
        ],
    )


def _names(column: str, examples: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """Both readings of the first example, so that nobody has to think in rules."""
    text = _("“%(column)s” holds whole names, such as %(examples)s. Which comes first?")
    first, last = (split_name(examples[0], order) if examples else ("", "") for order in (SURNAME_FIRST, SURNAME_LAST))
    told = _("surname %(surname)s, other names %(others)s")
    return text % {"column": column, "examples": "; ".join(examples) or "–"}, [
        (SURNAME_FIRST, _("The surname: ") + told % {"surname": first[0], "others": first[1]}),
        (SURNAME_LAST, _("The other names: ") + told % {"surname": last[0], "others": last[1]}),
        (LEAVE_OUT, _("Leave this column out; names on record stay as they are")),
    ]


def _dates(question: dict[str, Any], column: str, examples: str) -> tuple[str, list[tuple[str, str]]]:
    first = question["examples"][0]
    text = _("In “%(column)s” dates such as %(examples)s can be read in two ways. Which comes first?")
    if question["day_first"] and question["month_first"]:
        text = _("“%(column)s” mixes two ways to write dates (%(day_first)s and %(month_first)s). How are dates such as "
                 "%(examples)s to be read?")  # fmt: skip
    values = {"column": column, "examples": examples, "day_first": question["day_first"],
              "month_first": question["month_first"]}  # fmt: skip
    return text % values, [
        ("dmy", _("The day: %s is day-month-year") % first),
        ("mdy", _("The month: %s is month-day-year") % first),
    ]


class ReadingForm(Form):
    """How each column of the file is read, and which blank cells clear a field: to be changed before it is applied."""

    def __init__(self, *args: Any, heading: dict[str, Any], columns: tuple[Column, ...], clears: list[str],
                 answered: Iterable[str] = (), **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._answered = [name for name in answered if not name.startswith("column:")]
        self._labels = {column.name: str(column.label) for column in columns}
        series = {column.name: str(column.label) for column in columns if column.series}
        plain = [(column.name, str(column.label)) for column in columns if not column.series]
        for index, (name, column) in enumerate(heading.get("columns", [])):
            if name:
                own = [(column, series[column])] if column in series else []
                self.fields[f"column:{index}"] = forms.ChoiceField(
                    label=name, choices=[("-", _("Left out")), *own, *plain], initial=column or "-", required=False
                )
        present = {column for _name, column in heading.get("columns", [])}
        clearable = [
            (column.name, str(column.label)) for column in columns if column.clearable and column.name in present
        ]
        self.fields["clears"] = forms.MultipleChoiceField(
            label=_("A blank cell clears the field in"), choices=clearable, initial=clears, required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Leave all of these open to keep what is on record wherever a cell is blank."),
        )  # fmt: skip

        if self._answered:
            self.fields["ask_again"] = forms.BooleanField(
                label=_("Ask me the questions about this file again"), required=False,
                help_text=_("About the order of dates and names, lost zeros, and the sheet."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        return _each_column_once(self, self._labels)

    def answers(self) -> dict[str, str]:
        """The columns, as answers to the questions about headings; answers to be asked again are emptied."""
        found = {name: value for name, value in self.cleaned_data.items() if name.startswith("column:")}
        return found | (dict.fromkeys(self._answered, "") if self.cleaned_data.get("ask_again") else {})


class SendBackForm(Form):
    """Why a large import goes back to whoever confirmed it first."""

    note = forms.CharField(label=gettext_lazy("What is to be looked at again?"), max_length=300)
