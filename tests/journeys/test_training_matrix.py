"""An institution carries out the order and its commandant confirms it; the Inspector General finds the one that lags."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory
from tests.factories.training_matrix import Made, matrix_at
from tests.signing_in import sign_in

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
pytestmark = pytest.mark.django_db(transaction=True)


def _marks(page: Page, made: Made) -> None:
    """The training officer says what the last running gave; the commandant says that it is so."""
    sign_in(page, made.officer)
    page.goto(f"{made.url}mark/")
    page.get_by_role("radio", name="Taught").check()
    page.get_by_label("Minutes in one running of the course").fill("90")
    page.get_by_role("button", name="Mark", exact=True).click()
    expect(page.get_by_text("Marked. It counts from today")).to_be_visible()
    page.goto(f"{made.url}paper/")
    page.get_by_label("What it is").fill("Timetable of the term")
    page.set_input_files("input[type=file]", {"name": "timetable.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="Attach").click()
    expect(page.get_by_role("link", name="Timetable of the term").first).to_be_visible()
    sign_in(page, made.commandant)
    page.goto(made.url)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Confirmed.", exact=True)).to_be_visible()


def test_the_matrix_changes_and_shows_who_lags(page: Page) -> None:
    service = UnitFactory(code="NPS", name="National Police Service", type="service", line="headquarters")
    diligent, lagging = matrix_at(service), matrix_at(UnitFactory(code="NPS-2", under=service), code="TC-2")
    general = appoint(UserFactory(), "inspector-general", service)
    sign_in(page, general)
    page.goto("/training/muamko-mpya/")
    rows = page.locator("#by-institution tbody tr")
    expect(rows.filter(has_text=diligent.unit.name)).to_contain_text("0%")

    _marks(page, diligent)

    sign_in(page, general)
    page.goto("/training/muamko-mpya/")
    expect(rows.first).to_contain_text(lagging.unit.name)
    expect(rows.first).to_contain_text("no reason")
    expect(rows.filter(has_text=diligent.unit.name)).to_contain_text("100%")
    rows.first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(lagging.unit.name)
    page.goto("/training/muamko-mpya/arrears/")
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", landscape=True)))
    text = " ".join(each.extract_text() for each in paper.pages)
    assert lagging.unit.name in text
    assert diligent.unit.name not in text
