"""Every screen, on a phone and on a desk: readable, reachable, and nothing from elsewhere."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit, Visiting
from tests.browser.screens import SAYS_SO, SCREENS, WITHOUT_JSON

pytestmark = pytest.mark.needs("chromium")

# Every rule of WCAG A and AA that axe has, those that it leaves out by itself too.
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
}
LEAST_TARGET = 44  # CSS pixels; a link inside a sentence may be smaller
SMALL_TARGETS = """least => [...document.querySelectorAll("a,button,select,input,label,summary")]
    .filter(each => each.checkVisibility())
    .filter(each => !each.matches("[type=hidden], .hidden, .option input"))
    .filter(each => !each.matches(".text a, p a:not(.button, .call), dd a, .notice a:not(.call)"))
    .filter(each => !each.matches("label:not(.option label)"))
    .filter(each => each.getBoundingClientRect().height < least)
    .map(each => each.outerHTML)"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_keeps_every_rule_of_wcag_and_asks_nobody_else(
    visit: Visiting, name: str, width: int
) -> None:
    way, heading = SCREENS[name]
    visitor: Visit = visit(width)
    way(visitor)
    page = visitor.page
    page.wait_for_load_state("networkidle")

    assert page.locator("h1:visible").inner_text().startswith(heading)
    found = Axe().run(page, options=WCAG).response
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert "target-size" in {each["id"] for each in found["passes"] + found["inapplicable"]}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []
    assert visitor.watched.elsewhere == []
    expected = SAYS_SO.get(name, "nothing")
    assert [says for says in visitor.watched.complaints if expected not in says] == []
    leads_to_its_json(page, name not in WITHOUT_JSON)


def leads_to_its_json(page: Page, has_some: bool) -> None:
    """Last, for it leaves the page. What the API was not asked has no JSON."""
    link = page.get_by_text(re.compile("Bekijk de JSON|See the JSON"))
    assert link.count() == has_some
    if has_some:
        link.click()
        page.wait_for_load_state()
        assert page.evaluate("document.contentType").endswith("json")


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(visit: Visiting) -> None:
    visitor: Visit = visit()
    visitor.go("/nl/rug/lage-rugpijn")
    page = visitor.page
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Naar de inhoud"
    box = skip.bounding_box()
    assert box
    assert box["x"] >= 0
    assert skip.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "main"


def test_nothing_moves_for_who_asked_for_less_motion(visit: Visiting) -> None:
    visitor: Visit = visit()
    visitor.go("/nl")
    style = (
        "each => [getComputedStyle(each).transitionDuration, getComputedStyle(each).scrollBehavior]"
    )
    assert visitor.page.locator("html").evaluate(style) == ["0s", "auto"]
    assert visitor.page.locator(".find button").evaluate(style)[0] == "0s"


def test_the_contents_stay_in_sight_on_a_desk_and_open_on_a_phone(visit: Visiting) -> None:
    for width, shown, hidden in ((1280, ".broad", ".narrow"), (360, ".narrow", ".broad")):
        visitor: Visit = visit(width)
        visitor.go("/nl/rug/lage-rugpijn")
        page = visitor.page
        assert page.locator(f".contents{shown}").is_visible()
        assert page.locator(f".contents{hidden}").is_hidden()
        if width == 360:
            page.locator(".contents summary").click()
        link = page.locator(f".contents{shown} a").nth(3)
        target = str(link.get_attribute("href"))
        link.click()
        assert page.locator(f"{target} h2").evaluate(IN_SIGHT)
        if width == 1280:
            assert page.locator(".contents.broad").evaluate(IN_SIGHT)
        page.locator(target).get_by_role("link", name="Terug naar boven").click()
        assert page.locator("h1").evaluate(IN_SIGHT)


IN_SIGHT = "each => { const at = each.getBoundingClientRect().top; return at >= 0 && at < 800; }"


def test_a_list_on_paper_is_whole_and_without_what_only_a_screen_can_do(visit: Visiting) -> None:
    visitor: Visit = visit(680)
    visitor.go("/nl/rug/lage-rugpijn")
    page = visitor.page
    page.emulate_media(media="print")
    for words in ("Toon er nog", "Terug naar boven", "Doe de screening"):
        assert page.get_by_text(words).first.is_hidden()
    folded = page.locator(".more .small-card").first
    assert folded.evaluate("each => each.checkVisibility({contentVisibilityAuto: true})")
    assert page.locator(".notice.safety_net").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 680


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_somebody_who_can_help_is_found_near_a_city(visit: Visiting, javascript: bool) -> None:
    visitor: Visit = visit(javascript=javascript)
    visitor.go("/nl/hulp/fysiotherapie")
    page = visitor.page
    page.locator(".start").get_by_role("link", name="Vind een behandelaar").click()
    page.get_by_label("In de buurt van").select_option("Groningen")
    page.locator(".finder").get_by_role("button", name="Zoek").click()
    nearest = page.locator(".hits h3").first
    assert nearest.inner_text().startswith("Fysiotherapie Noorderlicht")
    nearest.get_by_role("link").click()
    page.wait_for_load_state()
    assert "Groningen" in page.locator(".facts").inner_text()
    assert visitor.watched.elsewhere == []
