"""The bird's-eye page on a phone, on paper, without colour: tiles large enough, three pages at most, steps told apart."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pypdf
import pytest
from playwright.sync_api import Page

from organisation.models import Baseline, County, Rank
from tests.factories.organisation import EstablishmentLineFactory, UnitFactory
from tests.factories.personnel import OfficerFactory
from tests.signing_in import sign_in
from tests.ui.test_colours import SIMULATIONS, contrast, linear, luminance, seen
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)

DRAWN = """() => [...document.querySelectorAll(".tilegrid g")].map(tile => {
  const svg = tile.ownerSVGElement, scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const face = tile.querySelector("rect").getBoundingClientRect();
  return {
    width: face.width, height: face.height,
    letters: [...tile.querySelectorAll("text")].map(text => parseFloat(getComputedStyle(text).fontSize) * scale),
    inside: [...tile.querySelectorAll("text")].every(text => {
      const box = text.getBoundingClientRect();
      return box.left >= face.left - .5 && box.right <= face.right + .5 && box.bottom <= face.bottom + 2;
    }),
  };
})"""
COLOURS = """() => [...document.querySelectorAll(".matrix td.heat, .tilegrid g")].map(each => {
  const face = each.querySelector("rect") ?? each, text = each.querySelector("text, a, span") ?? each;
  const style = getComputedStyle(face), is_tile = face !== each;
  return {
    step: (face.getAttribute("class").match(/heat-(\\w+)/) ?? [])[1],
    ground: is_tile ? style.fill : style.backgroundColor, hatch: is_tile ? style.fill : style.backgroundImage,
    ink: is_tile ? getComputedStyle(text).fill : getComputedStyle(text).color,
  };
})"""


def _country() -> World:
    """Every county with its command, and vacancies from few to many in five of them."""
    world = make_world()
    held = {unit.county_id for unit in (world.county, world.other_county)}
    for county in County.objects.exclude(pk__in=held):
        UnitFactory(
            code=f"C-{county.code}", name=f"{county.name} County", type="county", under=world.region, county=county
        )
    codes = ["C-KILIFI", "C-MOMBASA", "C-002", "C-004", "C-005"]
    constable, corporal = Rank.objects.get(code="PC"), Rank.objects.get(code="CPL")
    for number, unit in enumerate(type(world.county).objects.filter(code__in=codes).order_by("code"), start=1):
        station = UnitFactory(under=unit, county=unit.county)
        EstablishmentLineFactory(unit=station, baseline=Baseline.WORKING, rank=constable, posts=10)
        EstablishmentLineFactory(unit=station, baseline=Baseline.WORKING, rank=corporal, posts=20_000)
        for _ in range(10 - 2 * number):
            OfficerFactory(posted_to=station, rank=constable)
    for number in range(18):  # as many regions, formations and colleges as stand under the service
        unit = UnitFactory(name=f"Formation with a long name, number {number}", type="formation", under=world.service)
        EstablishmentLineFactory(unit=unit, baseline=Baseline.WORKING, rank=constable, posts=10)
    return world


def test_tiles_are_large_enough_for_a_thumb_and_an_eye_on_a_phone(page: Page) -> None:
    world = _country()
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, world.people["inspector-general"])
    for query in ("", "?measure=vacancies", "?measure=confirmed"):
        page.goto(f"/overview/NPS/{query}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        tiles = page.evaluate(DRAWN)
        assert len(tiles) == 47
        assert min(min(each["width"], each["height"]) for each in tiles) >= 24
        assert min(size for each in tiles for size in each["letters"]) >= 11
        assert all(each["inside"] for each in tiles)


def test_the_country_prints_on_three_signed_pages(page: Page) -> None:
    world = _country()
    sign_in(page, world.people["inspector-general"])
    page.goto("/overview/NPS/?rank=PC")
    page.emulate_media(media="print")
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.emulate_media(media="screen")
    text = [" ".join(each.extract_text().split()) for each in paper.pages]
    assert len(text) <= 3
    width, height = (float(side) for side in paper.pages[0].mediabox[2:])
    assert sorted((round(width), round(height))) == [595, 842]  # A4, in points
    for words in ("National Police Service (NPS)", "Rank or cadre of the post: Constable", "Figures as of", "Printed",
                  "Test inspector-general"):  # fmt: skip
        assert words in text[0], words
    assert all(f"{number} / {len(text)}" in each for number, each in enumerate(text, start=1))
    assert "Approved by" in text[-1]


def _colour(text: str) -> str:
    found = [int(each) for each in re.findall(r"\d+", text)[:3]]
    return "#" + "".join(f"{each:02x}" for each in found)


def test_five_steps_are_told_apart_on_the_page_without_colour(page: Page) -> None:
    world = _country()
    sign_in(page, world.people["inspector-general"])
    page.goto(f"/overview/{world.region.code}/?rank=PC")
    drawn = page.evaluate(COLOURS)
    steps = {each["step"]: each for each in drawn}
    assert {"1", "2", "3", "4", "5", "none"} <= set(steps), steps.keys()
    for each in drawn:
        if each["step"] == "none":
            assert "gradient" in each["hatch"] or "url(" in each["hatch"]
        else:
            assert contrast(linear(_colour(each["ink"])), linear(_colour(each["ground"]))) >= 4.5, each
    shades = [linear(_colour(steps[str(step)]["ground"])) for step in range(1, 6)]
    for eye in (None, *SIMULATIONS):
        greys = [luminance(seen(shade, eye) if eye else shade) for shade in shades]
        assert all((above + 0.05) / (below + 0.05) >= 1.2 for above, below in pairwise(greys)), eye
