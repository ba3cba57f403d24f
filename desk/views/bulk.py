"""A deed on many officers: asked, previewed, done, looked at again, taken back."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk import actions
from desk.bulk import DEEDS, DOERS, Deed, deeds_for
from desk.forms.bulk import DeedForm
from desk.forms.officer_list import OfficerFilters
from desk.queries.bulk import chosen, read_for_deed
from hcims.access.guards import opens_to
from hcims.errors import Refusal
from hcims.references import new_reference
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from personnel.many import LIMIT, Change, Plan
from personnel.queries import many

PER_PAGE = 100
CARRIED = ("query", "everything", "numbers", "deed")


@opens_to(*DOERS)
def bulk(request: HttpRequest) -> HttpResponse:
    """One's own deeds; a POST from the list asks for one, previews it, and does it."""
    user, on = request.user, request.today  # type: ignore[attr-defined]
    if request.method != "POST":
        page = Paginator(many.deeds_of(user), 50).get_page(request.GET.get("page"))
        return render(request, "desk/bulk_deeds.html", {"page": page, "now": request.now, "crumbs": _crumbs()})  # type: ignore[attr-defined]
    found = [each for each in deeds_for(user, on=on) if each.code == request.POST.get("deed")]
    keys = _chosen(request)
    back = f"{reverse('desk:officers')}?{request.POST.get('query', '')}"
    if not found or not keys:
        notices.refuse(request, _("Tick at least one officer, then choose what to do."))
        return redirect(back)
    if len(keys) > LIMIT:
        most = _("At most %(limit)s officers at a time: narrow the list by its filters.") % {"limit": f"{LIMIT:,}"}
        notices.refuse(request, most)
        return redirect(back)
    return _step(request, found[0], keys, back)


def _chosen(request: HttpRequest) -> list[int]:
    """The officers ticked, or all that the list's filters leave."""
    user, on = request.user, request.today  # type: ignore[attr-defined]
    numbers = request.POST.getlist("numbers")
    if request.POST.get("everything") != "yes":
        return chosen(user, asked=None, numbers=numbers, on=on)
    form = OfficerFilters(QueryDict(request.POST.get("query", "")), user=user, today=on)
    asked = form.asked
    readable = not form.errors and asked["on"] == on
    return chosen(user, asked=asked, numbers=(), on=on) if readable else []


def _step(request: HttpRequest, deed: Deed, keys: list[int], back: str) -> HttpResponse:
    """The form, then the preview, then the deed."""
    user, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    step = "preview" if request.POST.get("turn") else request.POST.get("step", "")
    form = deed.form(request.POST if step else None, on=on)
    if step in ("preview", "confirm") and form.is_valid():
        with rules_on(form):
            plan = deed.plan(read_for_deed(keys), **form.facts, by=user, on=on)
            what = f"{deed.title}: {form.words()}"
            if step == "preview":
                return _preview(request, deed, form, plan, what, back)
            try:
                done = actions.do_to_many(
                    deed=deed, officers=keys, facts=form.facts, what=what, paper=form.cleaned_data["paper"],
                    ref=request.POST.get("ref", "")[:12], looked_at=request.POST.get("looked_at", ""), by=user, on=on,
                    at=at,
                )  # fmt: skip
            except Refusal as refusal:
                notices.refuse(request, refusal.message)
                return _preview(request, deed, form, plan, what, back, status=409)
            return redirect("desk:bulk_deed", done.ref)
    context = {
        "deed": deed, "form": form, "number": len(keys), "carried": _carried(request, *CARRIED), "back": back,
        "crumbs": _crumbs(str(deed.title)),
    }  # fmt: skip
    return render(request, "desk/bulk.html", context, status=status_of(form))


def _preview(
    request: HttpRequest, deed: Deed, form: DeedForm, plan: Plan, what: str, back: str, status: int = 200
) -> HttpResponse:
    facts = [name for name in request.POST if name.startswith("facts-")]
    context = {
        "deed": deed, "form": form, "plan": plan, "what": what, "back": back,
        "paper": form.cleaned_data["paper"],
        "made": _part(request, "made", plan.made), "skipped": _part(request, "skipped", plan.skipped),
        "carried": _carried(request, *CARRIED, *facts),
        "ref": request.POST.get("ref") or new_reference(),
        "crumbs": _crumbs(str(deed.title)),
    }  # fmt: skip
    return render(request, "desk/bulk_preview.html", context, status=status)


def _part(request: HttpRequest, name: str, changes: list[Change]) -> Page[Change]:
    """A page of one of the preview's two lists; the other one begins again."""
    turned, _colon, page = request.POST.get("turn", "").partition(":")
    return Paginator(changes, PER_PAGE).get_page(page if turned == name else 1)


def _carried(request: HttpRequest, *names: str) -> list[tuple[str, str]]:
    """What was sent, to be sent again with the next step."""
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def _crumbs(*further: str) -> list[tuple[str, str]]:
    officers, deeds = (_("Officers"), reverse("desk:officers")), _("Deeds on many officers")
    if not further:
        return [officers, (deeds, "")]
    return [officers, (deeds, reverse("desk:bulk")), *((each, "") for each in further)]


@opens_to(*DOERS)
def deed(request: HttpRequest, ref: str) -> HttpResponse:
    """What a deed did, to whom, who was skipped and why; the way back while there is one."""
    user, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    found = many.access_deed(user, ref)
    lines = many.lines_of(found, user, on=on)
    outcome = request.GET.get("outcome", "")
    context = {
        "deed": found,
        "title": found.what,
        "page": Paginator(lines.filter(outcome=outcome) if outcome else lines, PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "outcome": outcome,
        "may_undo": found.can_be_undone(at),
        "crumbs": _crumbs(found.what),
    }
    return render(request, "desk/bulk_deed.html", context)


@opens_to(*DOERS)
def undo(request: HttpRequest, ref: str) -> HttpResponse:
    """What taking a deed back would do; a POST does it."""
    user, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    found = many.access_deed(user, ref)
    if request.method == "POST":
        try:
            actions.take_back(deed=found, by=user, at=at)
        except Refusal as refusal:
            notices.refuse(request, refusal.message)
        else:
            notices.done(request, _("Taken back."))
        return redirect("desk:bulk_deed", ref)
    if not found.can_be_undone(at):
        return redirect("desk:bulk_deed", ref)
    kind = DEEDS[found.kind]
    standings = many.standings(found, kind.model, kind.permission, by=user, on=on)
    back = [each for each in standings if not each.kept]
    words = ngettext("Take %(count)s change back", "Take %(count)s changes back", len(back)) % {
        "count": f"{len(back):,}"
    }
    context = {
        "deed": found, "back": back, "words": words, "kept": [each for each in standings if each.kept],
        "crumbs": _crumbs(found.what),
    }  # fmt: skip
    return render(request, "desk/bulk_undo.html", context)
