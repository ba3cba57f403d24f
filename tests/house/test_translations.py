"""What the check of the Kiswahili finds."""

from pathlib import Path

import pytest

from workshop import translations

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
PAGE = """{% extends "ui/phone.html" %}{% load i18n %}{% include "me/_part.html" %}{% translate "Send" %}
{% translate "Open" context "state" %}{% blocktranslate %}Posted to {{ unit }}{% endblocktranslate %}"""


def template(folder: Path, text: str) -> Path:
    path = folder / f"{abs(hash(text))}.html"
    path.write_text(text)
    return path


def test_texts_of_a_template_are_found_with_their_context(tmp_path: Path) -> None:
    assert translations.texts_of(template(tmp_path, PAGE)) == {
        ("Send", None),
        ("Open", "state"),
        ("Posted to %(unit)s", None),
    }


def test_a_page_for_phones_is_known_by_what_it_extends_and_brings_its_parts(tmp_path: Path) -> None:
    templates = {
        "ui/base.html": template(tmp_path, "base"),
        "ui/phone.html": template(tmp_path, '{% extends "ui/base.html" %}'),
        "me/record.html": template(tmp_path, PAGE),
        "me/_part.html": template(tmp_path, "part"),
        "desk/home.html": template(tmp_path, '{% extends "ui/base.html" %} desk'),
    }
    assert translations.phone_pages(templates) == set(templates) - {"desk/home.html"}


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('msgid "Units"\nmsgstr ""\n', "is not translated"),
        ('#, fuzzy\nmsgid "Units"\nmsgstr "Vitengo"\n', "is not translated"),
        ('msgid "%(count)s units"\nmsgstr "Vitengo %(idadi)s"\n', "has other slots"),
        ('msgid "%(count)s units"\nmsgstr "Vitengo %(count)s"\n', None),
    ],
)
def test_an_entry_that_is_not_finished_is_named(
    entry: str, problem: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.po").write_text(HEADER + entry)
    monkeypatch.setattr(translations, "PARTS", tmp_path)
    found = translations.unfinished_parts()
    assert [problem in each for each in found] == ([True] if problem else [])
