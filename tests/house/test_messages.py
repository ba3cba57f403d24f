"""The catalogue that the parts make."""

from pathlib import Path

from workshop.messages import merged

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def test_parts_are_merged_and_a_contradiction_is_named(tmp_path: Path) -> None:
    one, other = tmp_path / "one.po", tmp_path / "other.po"
    one.write_text(HEADER + 'msgid "Units"\nmsgstr "Vitengo"\n\nmsgid "Open"\nmsgstr "Fungua"\n')
    other.write_text(HEADER + 'msgid "Units"\nmsgstr "Vitengo"\n\nmsgid "Open"\nmsgstr "Wazi"\n')
    catalogue, problems = merged([one, other])
    assert catalogue.get("Units").string == "Vitengo"
    assert problems == ["'Open' is 'Fungua' in one.po and 'Wazi' in other.po: agree on one, or give one a context."]


def test_a_context_keeps_two_meanings_apart(tmp_path: Path) -> None:
    one, other = tmp_path / "one.po", tmp_path / "other.po"
    one.write_text(HEADER + 'msgid "Open"\nmsgstr "Fungua"\n')
    other.write_text(HEADER + 'msgctxt "state"\nmsgid "Open"\nmsgstr "Wazi"\n')
    catalogue, problems = merged([one, other])
    assert problems == []
    assert (catalogue.get("Open").string, catalogue.get("Open", "state").string) == ("Fungua", "Wazi")
