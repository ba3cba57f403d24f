"""Entries in a record, each a form with its paper: one line here, one form, one action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _l

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.forms import rules_on
from personnel import actions, policies
from personnel.forms import entries, facts, family
from personnel.queries import access_officer
from personnel.queries.entries import access_case, access_entry, access_family_fact, access_rank

Run = Callable[..., Any]


@dataclass(frozen=True)
class Deed:
    """What may be entered in a record. `entry` finds what an entry with a reference is about, when it needs one."""

    title: Any
    form: type[Any]
    run: Run
    permission: Permission = Permission.EDIT_OFFICERS
    submit: Any = ""
    part: str = ""
    entry: Callable[..., Any] | None = None
    lead: Any = ""
    tone: str = ""


def plain(action: Callable[..., Any]) -> Run:
    """Runs an action whose arguments are the form's own."""
    return lambda officer, form, **who: action(officer=officer, **form.cleaned_data, **who)


def made_or_mended(action: Callable[..., Any]) -> Run:
    """Enters what the form says; or, where it is about an entry, changes that one."""

    def run(officer: Any, form: Any, **who: Any) -> Any:
        if form.entry is None:
            return action(officer=officer, **form.cleaned_data, **who)
        return actions.mend_entry(entry=form.entry, facts=form.facts, paper=form.cleaned_data["paper"], **who)

    return run


def _void_conduct(officer: Any, form: Any, **who: Any) -> Any:
    return actions.void_conduct(entry=form.entry, **form.cleaned_data, **who)


def _refuse_learning(officer: Any, form: Any, **who: Any) -> Any:
    data = form.cleaned_data
    return actions.refuse_learning(record=form.entry, note=f"{data['reason']} ({data['paper']})", **who)


def _rank(officer: Any, form: Any, **who: Any) -> Any:
    data = form.cleaned_data
    return actions.record_rank(officer=officer, rank=data["rank"], since=data["since"], authority=data["paper"], **who)


def _mend_rank(officer: Any, form: Any, **who: Any) -> Any:
    data = form.cleaned_data
    return actions.mend_rank(holding=form.entry, rank=data["rank"], since=data["since"], authority=data["paper"], **who)


def _skill(officer: Any, form: Any, **who: Any) -> Any:
    skill = {"skill": form.entry.skill} if form.entry else {}
    return actions.record_skill(officer=officer, **form.cleaned_data, **skill, **who)


def _refuse_skill(officer: Any, form: Any, **who: Any) -> Any:
    data = form.cleaned_data
    return actions.refuse_skill(held=form.entry, note=f"{data['reason']} ({data['paper']})", **who)


def _take_back_exit(officer: Any, form: Any, **who: Any) -> Any:
    return actions.take_back_exit(officer=officer, **form.cleaned_data, **who)


def _void_rank(officer: Any, form: Any, **who: Any) -> Any:
    return actions.void_rank(holding=form.entry, **form.cleaned_data, **who)


def _close_case(officer: Any, form: Any, **who: Any) -> Any:
    return actions.close_discipline(case=form.entry, **form.cleaned_data, **who)


def _family(kind: str) -> Run:
    def run(officer: Any, form: Any, **who: Any) -> Any:
        ref = form.entry.ref if form.entry else ""
        return actions.record_family_fact(
            officer=officer, kind=kind, facts=form.facts, ref=ref, paper=form.cleaned_data["paper"], **who
        )

    return run


def _end_family(officer: Any, form: Any, **who: Any) -> Any:
    return actions.end_family_fact(fact=form.entry, **form.cleaned_data, **who)


def _photo(officer: Any, form: Any, **who: Any) -> Any:
    return actions.set_photo(officer=officer, **form.cleaned_data, **who)


CONDUCT, FAMILY = Permission.EDIT_DISCIPLINE, "family"
VOIDED = _l("It leaves the file and counts nowhere; it is kept in the changes, with its history.")
REFUSED = _l("It stays on the file as refused, with the reason, and counts nowhere.")
DEEDS: dict[str, Deed] = {
    "rank": Deed(_l("Record a rank"), entries.RankForm, _rank,
                 lead=_l("It ends the rank before it on that day; an earlier day completes the history.")),
    "mend-rank": Deed(_l("Change a step of the rank history"), entries.MendRankForm, _mend_rank, entry=access_rank,
                      lead=_l("The rank before it ends on the day you give."), submit=_l("Change it")),
    "void-rank": Deed(
        _l("This rank was entered in error"), entries.ReasonForm, _void_rank, entry=access_rank, tone="bad",
        lead=_l("The step before it holds in its place. The error stays in the history."), submit=_l("Void it"),
    ),
    "take-back-exit": Deed(
        _l("Back in the service"), entries.ReasonForm, _take_back_exit, submit=_l("Take the exit back"),
        lead=_l("The exit does not stand: a court set it aside, or it was entered in error. The record is open again; "
                "then enter the posting."),
    ),
    "skill": Deed(_l("Enter a skill"), entries.SkillForm, _skill, part="skills", entry=access_entry("skill"),
                  lead=_l("On the certificate shown to you: it counts as checked.")),
    "void-skill": Deed(_l("This skill was entered in error"), entries.ReasonForm, _refuse_skill, Permission.VERIFY_SKILLS,
                       part="skills", entry=access_entry("skill"), tone="bad", submit=_l("Mark it as an error"),
                       lead=REFUSED),
    "qualification": Deed(_l("Qualification"), entries.QualificationForm, made_or_mended(actions.record_qualification),
                          part="skills", entry=access_entry("qualification")),
    "course": Deed(_l("Course"), entries.CourseForm, made_or_mended(actions.record_course), part="skills",
                   entry=access_entry("course")),
    "void-qualification": Deed(_l("This qualification was entered in error"), entries.ReasonForm, _refuse_learning,
                               part="skills", entry=access_entry("qualification"), tone="bad", submit=_l("Mark it as an error"),
                               lead=REFUSED),
    "void-course": Deed(_l("This course was entered in error"), entries.ReasonForm, _refuse_learning, part="skills",
                        entry=access_entry("course"), tone="bad", submit=_l("Mark it as an error"), lead=REFUSED),
    "photo": Deed(_l("Replace the photograph"), entries.PhotoForm, _photo),
    "commendation": Deed(_l("Commendation"), entries.CommendationForm, made_or_mended(actions.record_commendation), CONDUCT,
                         part="conduct", entry=access_entry("commendation")),
    "case": Deed(_l("Discipline case"), entries.CaseForm, made_or_mended(actions.open_discipline), CONDUCT, part="conduct",
                 entry=access_entry("case")),
    "void-commendation": Deed(_l("This commendation was entered in error"), entries.ReasonForm, _void_conduct, CONDUCT,
                              part="conduct", entry=access_entry("commendation"), tone="bad", submit=_l("Mark it as an error"),
                              lead=VOIDED),
    "void-case": Deed(_l("This case was entered in error"), entries.ReasonForm, _void_conduct, CONDUCT, part="conduct",
                      entry=access_entry("case"), tone="bad", submit=_l("Mark it as an error"), lead=VOIDED),
    "close-case": Deed(_l("Close a discipline case"), entries.CloseCaseForm, _close_case, CONDUCT, part="conduct",
                       entry=access_case),
    "next-of-kin": Deed(_l("Next of kin"), family.NextOfKinForm, _family("next-of-kin"), part=FAMILY,
                        entry=access_family_fact("next-of-kin")),
    "spouse": Deed(_l("Spouse"), family.SpouseForm, _family("spouse"), part=FAMILY, entry=access_family_fact("spouse")),
    "dependant": Deed(_l("Child or dependant"), family.DependantForm, _family("dependant"), part=FAMILY,
                      entry=access_family_fact("dependant")),
    "end-next-of-kin": Deed(_l("End this entry"), family.EndForm, _end_family, part=FAMILY,
                            entry=access_family_fact("next-of-kin")),
    "end-spouse": Deed(_l("End this entry"), family.EndForm, _end_family, part=FAMILY, entry=access_family_fact("spouse")),
    "end-dependant": Deed(_l("End this entry"), family.EndForm, _end_family, part=FAMILY,
                          entry=access_family_fact("dependant")),
}  # fmt: skip
NEEDS_ENTRY = {
    "close-case", "end-next-of-kin", "end-spouse", "end-dependant",
    "void-qualification", "void-course", "void-commendation", "void-case", "void-skill", "mend-rank",
}  # fmt: skip
# Whoever enters, changes or voids one of these reads it too; the right to enter does not bring the right to read.
READ_WITH = {
    "commendation": Permission.SEE_COMMENDATIONS, "void-commendation": Permission.SEE_COMMENDATIONS,
    "case": Permission.SEE_DISCIPLINE, "void-case": Permission.SEE_DISCIPLINE, "close-case": Permission.SEE_DISCIPLINE,
}  # fmt: skip


def file_url(number: str, part: str = "") -> str:
    """The officer file, at one of its parts."""
    return reverse("desk:officer", args=[number]) + (f"?part={part}" if part else "")


@opens_to(Permission.EDIT_OFFICERS, Permission.EDIT_DISCIPLINE, Permission.VERIFY_SKILLS)
def enter(request: HttpRequest, number: str, deed: str, ref: str = "") -> HttpResponse:
    """One entry in a record, with its paper."""
    what = DEEDS.get(deed)
    user, on = request.user, request.today  # type: ignore[attr-defined]
    # The officer first, whatever the deed: a stranger learns nothing from how far the page came.
    officer = access_officer(user, number, what.permission if what else Permission.EDIT_OFFICERS, on=on)
    if what is None or (deed in NEEDS_ENTRY and not ref):
        raise NotFound(f"{number} {deed}")
    read_with = Permission.SEE_FAMILY if what.part == FAMILY else READ_WITH.get(deed)
    if read_with:
        officer = access_officer(user, number, read_with, on=on)
    policies.check_not_self(user, officer)
    entry = what.entry(officer, ref) if what.entry and (ref or deed == "void-rank") else None
    form = what.form(request.POST or None, request.FILES or None, officer=officer, on=on, entry=entry)
    return form_page(
        request,
        form,
        lambda form: what.run(officer, form, by=user, at=request.now),  # type: ignore[attr-defined]
        title=what.title,
        submit=what.submit or _l("Enter it"),
        back=file_url(number, what.part),
        said=_l("It is entered."),
        lead=what.lead,
        caption=str(officer),
        tone=what.tone,
    )


FACTS = {
    "service": (facts.ServiceForm, Permission.EDIT_OFFICERS, _l("Change facts of service"), ""),
    "identity": (facts.IdentityForm, Permission.SEE_IDENTITY, _l("Change identity, contact and bank"), "identity"),
}


@opens_to(Permission.EDIT_OFFICERS)
def change(request: HttpRequest, number: str, facts: str) -> HttpResponse:
    """Change columns of the record: first what would change is shown, then it is entered."""
    user, on = request.user, request.today  # type: ignore[attr-defined]
    officer = access_officer(user, number, Permission.EDIT_OFFICERS, on=on)
    if facts not in FACTS:
        raise NotFound(f"{number} {facts}")
    form_class, permission, title, part = FACTS[facts]
    officer = access_officer(user, number, permission, on=on)
    policies.check_not_self(user, officer)
    form = form_class(request.POST or None, officer=officer, on=on)
    page = {"form": form, "title": title, "caption": str(officer), "back": file_url(number, part)}
    if request.method == "POST" and form.is_valid() and "again" not in request.POST:
        if "checked" not in request.POST:
            page |= {"differences": form.differences, "paper": form.cleaned_data["paper"]}
            return render(request, "personnel/check_changes.html", page)
        with rules_on(form):
            at = request.now  # type: ignore[attr-defined]
            actions.change_officer(
                officer=officer, changes=form.changes, paper=form.cleaned_data["paper"], by=user, at=at
            )
            notices.done(request, str(_l("The record is changed.")))
            return redirect(file_url(form.changes.get("service_number", number), part))
    page |= {"submit": _l("See what changes"), "lead": "", "tone": "", "multipart": False}
    return render(request, "ui/form_page.html", page, status=422 if form.errors and form.is_bound else 200)
