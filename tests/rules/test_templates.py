"""Pages ask nobody else for anything and run nothing that stands in the page: the content policy forbids it anyway."""

from tests.rules.source import files, lines_matching

TEMPLATES = tuple(path for path in files(".html", ".svg", ".txt") if "templates" in path.parts)
SOURCES = tuple(path for path in files(".js", ".mjs", ".scss", ".css"))


def test_no_template_names_another_site() -> None:
    found = lines_matching(TEMPLATES, r"(src|href|action|srcset|data|poster)\s*=\s*[\"']?(https?:)?//")
    assert not found, "\n".join(found)


def test_no_script_or_style_fetches_from_another_site() -> None:
    found = lines_matching(
        SOURCES, r"https?://", keep=lambda line: "www.w3.org" not in line and "localhost" not in line
    )
    assert not found, "\n".join(found)


def test_no_inline_script() -> None:
    found = lines_matching(
        TEMPLATES, r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|javascript:|\son[a-z]+\s*=\s*[\"']"
    )
    assert not found, "\n".join(found)


def test_no_inline_style() -> None:
    found = lines_matching(TEMPLATES, r"<style|\sstyle\s*=")
    assert not found, "\n".join(found)
