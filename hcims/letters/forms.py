"""Forms of the public check."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from hcims.letters.codes import normalised
from hcims.ui.forms import Form

FILE_LIMIT = 5 * 1024 * 1024


class CodeForm(Form):
    """The code on the paper, as typed."""

    code = forms.CharField(
        label=_("Code on the letter"),
        max_length=40,
        help_text=_("Sixteen letters and digits at the foot of the page. Spaces and capitals do not matter."),
        error_messages={"required": _("Type the code from the foot of the letter.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
    )

    def clean_code(self) -> str:
        code = normalised(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(self.fields["code"].error_messages["required"])
        return code


class FileForm(Form):
    """The file to compare."""

    file = forms.FileField(
        label=_("The letter as a PDF file"),
        help_text=_("At most 5 MB. It is compared and not kept."),
        error_messages={"required": _("Choose the file you were given.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > FILE_LIMIT:
            raise forms.ValidationError(
                _("This file is larger than 5 MB. A letter is far smaller: it is not the one issued.")
            )
        return file
