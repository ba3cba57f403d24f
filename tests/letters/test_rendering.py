"""A letter read back: its words, its tags, its standards."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from pypdf import PdfReader

from hcims.letters import blocks, composing
from hcims.letters.blocks import Draft
from hcims.letters.rendering import render

AT = datetime(2026, 11, 2, 21, 30, tzinfo=UTC)  # already 3 November in Nairobi
MARKUP = '#read("/etc/passwd") *bold* $x^2$ @nobody <label> \\ // #panic() [a] {b} = head "quotes" `raw`'


def letter(*drafts: Draft) -> PdfReader:
    numbers = [f"NPS/HR/PO/2026/{count:05}" for count in range(1, len(drafts) + 1)]
    checks = ["abcdefgh23456789"] * len(drafts)
    data = composing.letters(drafts, numbers, checks, office="County HR Office, Kilifi", at=AT)
    return PdfReader(io.BytesIO(render("letter.typ", data, at=AT)))


def text(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def draft(**changes: Any) -> Draft:
    values: dict[str, Any] = {
        "title": "Posting order",
        "to": ["Akinyi Odhiambo", "007123", "Bamba Police Station"],
        "blocks": [
            blocks.paragraph("You are posted as follows."),
            blocks.heading("Where and when"),
            blocks.facts([("To", "Nyali Police Station"), ("Report by", "16 November 2026")]),
            blocks.items(["Hand over your duties.", "Bring this letter."]),
            blocks.code("Code", "abcd2345"),
            blocks.table(["Item", "Count"], [["Blankets", 2], ["Boots", None]], numbers=[1]),
        ],
        "signed": ["Mwangi Otieno", "County HR Officer"],
    }
    return Draft(**{**values, **changes})


def test_everything_is_there_to_be_read() -> None:
    found = text(letter(draft()))
    for expected in (
        "National Police Service", "County HR Office, Kilifi", "NPS/HR/PO/2026/00001", "3 November 2026",
        "Akinyi Odhiambo 007123 Bamba Police Station", "Posting order", "You are posted as follows.", "Nyali Police Station",
        "1. Hand over your duties.", "ABCD 2345", "Blankets 2", "Mwangi Otieno", "ABCD EFGH 2345 6789", "1 / 1",
        "http://localhost:8000/verify/",
    ):  # fmt: skip
        assert expected in found, expected


def test_it_is_tagged_and_says_what_it_is() -> None:
    pdf = letter(draft())
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-KE"
    assert "/StructTreeRoot" in root
    assert pdf.metadata
    assert pdf.metadata.title == "Posting order"
    described = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert "<pdfaid:part>2</pdfaid:part>" in described


def test_text_with_signs_of_the_template_language_is_printed_as_it_is() -> None:
    hostile = Draft(
        title=MARKUP, to=[MARKUP], signed=[MARKUP],
        blocks=[
            blocks.paragraph(MARKUP), blocks.heading(MARKUP), blocks.facts([(MARKUP, MARKUP)]), blocks.items([MARKUP]),
            blocks.table([MARKUP], [[MARKUP]]),
        ],
    )  # fmt: skip
    found = text(letter(hostile))
    assert "root:" not in found
    assert found.replace(" ", "").count(MARKUP.replace(" ", "")) == 10


def test_letters_printed_together_each_count_their_own_pages() -> None:
    long = draft(blocks=[blocks.paragraph("Line after line. " * 40) for _ in range(12)])
    pdf = letter(draft(), long, draft())
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    expected = [("00001", "1 / 1"), ("00002", "1 / 2"), ("00002", "2 / 2"), ("00003", "1 / 1")]
    assert len(pages) == len(expected)
    for page, (number, count) in zip(pages, expected, strict=True):
        assert f"NPS/HR/PO/2026/{number}" in page
        assert count in page


def test_the_same_letter_gives_the_same_bytes() -> None:
    data = composing.letters([draft()], ["1"], ["abcd"], office="x", at=AT)
    assert render("letter.typ", data, at=AT) == render("letter.typ", data, at=AT)


def test_a_letter_in_kiswahili() -> None:
    pdf = letter(draft(language="sw", title="Amri ya uhamisho"))
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "sw-KE"
    assert "3 Novemba 2026" in text(pdf)


def test_a_printed_list_says_what_is_on_it_and_repeats_its_head() -> None:
    class Person:
        full_name = "Mwangi Otieno"

    data = composing.printed_list(
        title="Officers of Bamba Police Station",
        scope=[("Unit", "Bamba Police Station"), ("Rank", "all")],
        blocks=[blocks.table(["Number", "Name"], [[f"{count:06}", "Invented Name"] for count in range(120)])],
        by=Person(),
        at=AT,
        signatures=["Commander", "HR officer"],
    )
    pdf = PdfReader(io.BytesIO(render("list.typ", data, at=AT)))
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert len(pages) > 2
    assert all("Number Name" in page for page in pages[:-1])
    assert f"1 / {len(pages)}" in pages[0]
    assert "Printed 3 November 2026, 00:30 by Mwangi Otieno" in pages[0]
    assert "Rank all" in pages[0]


def test_codes_and_initials_as_printed() -> None:
    assert blocks.in_fours("abcd-efgh 2345") == "ABCD EFGH 2345"
    assert blocks.initials("Wanjiru Njeri  kamau") == "W. N. K."
