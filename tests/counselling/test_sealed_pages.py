"""The sealed documents: every sentence their scripts ask for is there, nothing of htmx is, and no cache keeps them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from counselling.sealed_words import BANDS
from counselling.self_check import QUESTIONNAIRES
from tests.counselling.test_sealing import run
from tests.factories.cases import Circle
from tests.signing_in import client_of
from tests.ui.test_weights import weighed

pytestmark = pytest.mark.django_db
SCRIPTS = Path(__file__).parents[2] / "hcims" / "ui" / "frontend" / "js" / "sealed"
WORD = re.compile(r'\bword\("([a-z0-9-]+)"')
REFUSED = re.compile(r'new Refused\("([a-z-]+)"')
SHOWN = re.compile(r'\bshow\("([a-z-]+)"')
PAGE = re.compile(r'<template id="page-([a-z-]+)"')
SAID = re.compile(r'data-word="([a-z0-9-]+)"')
NEVER_SHOWN = {"bad-answer"}  # a page offers no such answer


def asked(pattern: re.Pattern[str]) -> set[str]:
    return {found for path in SCRIPTS.glob("*.js") for found in pattern.findall(path.read_text())}


@pytest.fixture
def pages(circle: Circle) -> dict[str, str]:
    people = {"": circle.ann.user, "keys/": circle.custodians[0].user, "openings/": circle.lead}
    return {path: client_of(user).get(f"/counselling/{path}").content.decode() for path, user in people.items()}


def test_every_sentence_and_page_that_the_scripts_ask_for_is_there(pages: dict[str, str]) -> None:
    said = {word for page in pages.values() for word in SAID.findall(page)}
    assert asked(WORD) - said == set()
    assert {f"refused-{code}" for code in asked(REFUSED) - NEVER_SHOWN} - said == set()
    assert asked(SHOWN) - {name for page in pages.values() for name in PAGE.findall(page)} == set()


def test_every_score_has_a_name_and_every_code_of_the_server_its_words(pages: dict[str, str]) -> None:
    source = 'import { INSTRUMENTS } from "./js/sealed/instruments.js"; console.log(JSON.stringify(INSTRUMENTS))'
    instruments: dict[str, Any] = json.loads(run("--input-type=module", "-e", source))
    assert {code: [name for _, name in each["bands"]] for code, each in instruments.items()} == {
        code: list(bands) for code, bands in BANDS.items()
    }
    said = set(SAID.findall(pages[""]))
    assert {f"band-{code}-{name}" for code, bands in BANDS.items() for name in bands} <= said


def test_one_reading_of_a_questionnaire_on_the_phone_and_with_the_counsellor() -> None:
    """Same questions, answers and cut-offs: an officer who brings a sum along is told the same by both."""
    source = """import { INSTRUMENTS } from "./js/sealed/instruments.js";
        import { WORDING } from "./js/sealed/instrument-words.js";
        console.log(JSON.stringify([INSTRUMENTS, WORDING]))"""
    instruments, wording = json.loads(run("--input-type=module", "-e", source))
    for own in QUESTIONNAIRES:
        other, said = instruments[own.code], wording[own.code]
        assert [each.lowest for each in own.bands] == [lowest for lowest, _name in other["bands"]], own.code
        assert [plain(each) for each in own.items] == [plain(each) for each in said["items"]], own.code
        assert [plain(each.label) for each in own.options] == [plain(each) for each in said["answers"]], own.code


def plain(words: Any) -> str:
    """Letters alone: editions differ in commas."""
    return re.sub(r"\W+", " ", str(words)).strip().lower()


def test_nothing_on_a_sealed_page_keeps_what_was_opened(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert set(re.findall(r'src="/static/built/([a-z-]+)\.', page)) == {"core", "sealed", "icon"}
        assert "hx-get" not in page
        assert "hx-post" not in page
        fields = re.findall(r"<(?:input|textarea|select)\b[^>]*>", page.partition('<div id="sealed"')[2])
        assert [each for each in fields if not re.search(r'autocomplete="|type="(file|hidden)"', each)] == []


def test_no_script_writes_markup_or_keeps_anything_in_the_browser() -> None:
    careless = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|localStorage|sessionStorage|indexedDB|caches\b|cookie"
    )
    found = [
        f"{path.name}: {line}"
        for path in SCRIPTS.glob("*.js")
        for line in path.read_text().splitlines()
        if careless.search(line)
    ]
    assert found == []


def test_no_cache_keeps_a_sealed_page_and_it_is_light(circle: Circle) -> None:
    client = client_of(circle.ann.user)
    answer = client.get("/counselling/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    again, first = weighed(client, "/counselling/")
    assert (again <= 35_000, first <= 100_000) == (True, True), (again, first)


def test_the_pages_speak_kiswahili(circle: Circle) -> None:
    with translation.override("sw"):
        page = client_of(circle.ann.user).get("/counselling/", headers={"Accept-Language": "sw"}).content.decode()
    assert "Tengeneza ufunguo wako" in page
    assert "Make your key" not in page
