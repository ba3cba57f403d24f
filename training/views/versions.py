"""What pages of versions have in common: the deeds open to a reader, and the page on which one is done."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.ui.form_pages import form_page
from training import moving
from training.actions import versions as actions
from training.forms.courses import NoteForm

# Deed: its title, its button, what is said afterwards, the tone of its button.
DEEDS = {
    "submit": (_("Put it before the director"), _("Submit it"), _("The version waits for approval."), ""),
    "approve": (_("Approve this version"), _("Approve it"), _("The version is approved. From now on it never changes."), ""),
    "return": (_("Return it to be mended"), _("Return it"), _("The version is a draft again."), "bad"),
    "withdraw": (_("Give this draft up"), _("Withdraw it"), _("The draft is withdrawn."), "bad"),
}  # fmt: skip


def sent_to(request: Any) -> Any:
    """What a form is bound to: whatever was sent, an empty answer too. Forms of this page may have nothing to fill in."""
    return request.POST if request.method == "POST" else None


def open_deeds(version: Any, user: Any, *, on: Any) -> set[str]:
    """What this reader may do with the version now."""
    drafts, approves = user.can(P.DRAFT_CURRICULA, on=on), user.can(P.APPROVE_CURRICULA, on=on)
    wrote = user.pk == version.drafted_by_id or user.ref in version.hands
    found = {
        "edit": drafts and version.state == "draft",
        "submit": drafts and version.state == "draft",
        "withdraw": drafts and version.state == "draft",
        "approve": approves and version.state == "submitted" and not wrote,
        "return": approves and version.state == "submitted" and not wrote,
        "own": approves and version.state == "submitted" and wrote,
    }
    return {deed for deed, is_open in found.items() if is_open}


def moved_rows(request: Any, rows: Any, title: str) -> tuple[list[Any], int | None]:
    """The rows that are filled in, in the order the reader asks for, and where the one that was moved stands now."""
    filled = [(number, row) for number, row in enumerate(rows) if row.cleaned_data.get(title)]
    return moving.moved(filled, moving.asked(request.POST.get("move", "")))


def again(request: Any, name: str, ref: str, stands: int | None, rows: int) -> HttpResponse:
    """Back to the editor; after a move to the button that was pressed, so that the next press moves the same row on.

    At either end that button is shut: then to the other one of the row. No fragment: a browser that is given one focuses nothing.
    """
    address, asked = reverse(name, args=[ref]), moving.asked(request.POST.get("move", ""))
    if asked is None or stands is None:
        return redirect(address)
    goes_up = (asked.up and stands > 0) or stands == rows - 1
    return redirect(f"{address}?moved={'up' if goes_up else 'down'}-{stands}")


def decide(request: Any, version: Any, deed: str, *, name: str, back: str) -> HttpResponse:
    """The page on which a version is submitted, approved, returned or given up."""
    if deed not in DEEDS:
        raise NotFound(deed)
    title, button, said, tone = DEEDS[deed]

    def done(sent: Any) -> Any:
        given = {"version": version, "by": request.user, "at": request.now}
        note = sent.cleaned_data["note"]
        match deed:
            case "submit":
                return actions.submit(**given)
            case "approve":
                return actions.approve(**given, note=note)
            case "return":
                return actions.send_back(**given, note=note)
        return actions.withdraw(**given, note=note)

    return form_page(
        request, NoteForm(sent_to(request)), done, title=title, caption=name, submit=button, back=back, said=said,
        tone=tone,
    )  # fmt: skip
