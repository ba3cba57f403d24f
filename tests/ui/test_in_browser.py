"""The components in a real browser, with the keyboard; axe looks at every state they are left in."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.signing_in import sign_in
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

COPIED = """() => {
  const data = new DataTransfer();
  document.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
  return data.getData("text/plain");
}"""
PASTED = """(input, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def components(page: Page, world: World) -> Page:
    """The page of components, as an HR officer sees it."""
    sign_in(page, world.people["hr-officer"])
    page.goto("/ui/")
    return page


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_arrows_walk_through_a_list_and_space_ticks_its_rows(components: Page) -> None:
    components.get_by_role("region", name="Stations").focus()
    components.keyboard.press("ArrowDown")
    assert focused(components) == "Mnarani"
    components.keyboard.press("ArrowRight")
    components.keyboard.press("ArrowRight")
    assert focused(components) == "46"
    components.keyboard.press("Shift+ArrowDown")
    components.keyboard.press("Shift+ArrowRight")
    assert components.evaluate(COPIED) == "46\t31\n28\t30"
    components.keyboard.press(" ")
    expect(components.get_by_label("Mnarani", exact=True)).to_be_checked()
    expect(components.get_by_label("Bamba", exact=True)).to_be_checked()
    expect(components.locator(".bulk-count")).to_have_text("2 of 12 selected")
    expect(components.locator("#said")).to_have_text("2 of 12 selected")


def test_all_rows_are_ticked_and_let_go(components: Page) -> None:
    components.get_by_label("Tick all rows of this page").check()
    expect(components.locator(".bulk-count")).to_have_text("12 of 12 selected")
    components.get_by_role("button", name="Untick").click()
    expect(components.locator(".bulk")).to_be_hidden()


def test_a_block_from_a_spreadsheet_lands_where_the_focus_is(components: Page) -> None:
    cell = components.get_by_label("CPL, Traffic")
    cell.focus()
    cell.evaluate(PASTED, "1,005\t8\t9\n3\t7\n")
    expect(components.get_by_label("CPL, Traffic")).to_have_value("1005")
    expect(components.get_by_label("CPL, Driver")).to_have_value("8")
    expect(components.get_by_label("SGT, Driver", exact=True)).to_have_value("7")
    expect(components.locator("[data-paste-report]")).to_have_text(
        "4 cells pasted in 2 rows; 1 did not fit and were left out"
    )
    expect(components.locator("[data-changed-count]")).to_have_text("4")
    components.get_by_role("button", name="Take the paste back").click()
    expect(components.get_by_label("CPL, Traffic")).to_have_value("4")
    expect(components.locator("[data-changed-count]")).to_have_text("0")


def test_enter_goes_down_a_column_and_does_not_send_the_form(components: Page) -> None:
    components.get_by_label("PC, Driver").focus()
    components.keyboard.press("Enter")
    expect(components.get_by_label("CPL, Driver")).to_be_focused()


def test_errors_take_the_focus_and_lead_to_their_fields(components: Page) -> None:
    components.get_by_role("button", name="Send").click()
    summary = components.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Enter the day, month and year.").click()
    expect(components.get_by_label("Day", exact=True)).to_be_focused()


def test_the_list_of_keys_opens_and_single_keys_can_be_switched_off(components: Page) -> None:
    keys = components.get_by_role("dialog", name="Keyboard shortcuts")
    components.keyboard.press("?")
    expect(keys).to_be_visible()
    keys.get_by_label("Single keys ( / , l and ? ) work").uncheck()
    keys.get_by_role("button", name="Close").click()
    components.keyboard.press("?")
    expect(keys).to_be_hidden()
    components.reload()
    components.keyboard.press("?")
    expect(keys).to_be_hidden()
    components.get_by_role("button", name="Keyboard shortcuts").click()
    expect(keys).to_be_visible()


def test_a_view_is_kept_and_marked(components: Page) -> None:
    components.get_by_label("County", exact=True).select_option("Kwale")
    components.get_by_role("button", name="Show").click()
    expect(components.get_by_text("County: Kwale")).to_be_visible()
    components.get_by_text("Keep this view").click()
    components.get_by_label("Name", exact=True).fill("South coast")
    components.get_by_role("button", name="Keep", exact=True).click()
    expect(components.get_by_text("The view “South coast” is kept.")).to_be_visible()
    expect(components.get_by_role("link", name="South coast")).to_have_attribute("aria-current", "true")


def test_escape_closes_a_menu_and_gives_the_focus_back(components: Page) -> None:
    name = components.locator(".menu-account > summary")
    panel = components.locator(".menu-account > .menu-panel")
    name.click()
    expect(panel).to_be_visible()
    components.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(name).to_be_focused()


def test_the_skip_link_comes_first(components: Page) -> None:
    components.keyboard.press("Tab")
    assert focused(components) == "Skip to main content"


def test_the_language_changes_and_the_page_stays(components: Page) -> None:
    components.get_by_role("button", name="Kiswahili").click()
    expect(components.get_by_role("heading", level=1)).to_have_text("Vijenzi")
    assert components.url.endswith("/ui/")


def test_fits_a_small_phone(components: Page) -> None:
    components.set_viewport_size({"width": 360, "height": 740})
    assert components.evaluate("document.documentElement.scrollWidth") == 360
    components.get_by_text("Menu", exact=True).click()
    expect(components.locator(".menu-main .menu-panel")).to_be_visible()


WIDER = """[...document.querySelectorAll(".table-wrap")].filter((wrap) => wrap.querySelector("table.data:not(.paste)")
  && wrap.scrollWidth > wrap.clientWidth + 1).map((wrap) => wrap.ariaLabel)"""


def test_wide_tables_stand_as_cards_on_a_small_phone(components: Page) -> None:
    components.set_viewport_size({"width": 700, "height": 740})
    components.goto("/roles/")
    assert components.evaluate(WIDER) != []
    components.set_viewport_size({"width": 360, "height": 740})
    components.reload()
    assert components.evaluate(WIDER) == []
    cell = components.locator(".data--cards:not(.data--sorted) td[data-label]").first
    assert (
        cell.evaluate("cell => getComputedStyle(cell, '::before').content") == f'"{cell.get_attribute("data-label")}"'
    )


def test_prints_with_its_scope_and_who_printed_it(components: Page) -> None:
    head = components.locator(".print-head")
    expect(head).to_be_hidden()
    components.emulate_media(media="print")
    expect(head).to_be_visible()
    expect(head).to_contain_text("Invented sample")
    expect(head).to_contain_text("Test hr-officer")
    expect(components.locator(".top")).to_be_hidden()


def test_every_figure_is_there_without_scripts(
    browser: Any, browser_context_args: dict[str, Any], world: World
) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, world.people["hr-officer"])
    page.goto("/ui/")
    expect(page.get_by_role("cell", name="214")).to_be_visible()
    page.get_by_text("The same figures as a table").click()
    expect(page.get_by_role("row", name="Turkana 44%")).to_be_visible()
    expect(page.locator(".bulk")).to_be_visible()
    context.close()
