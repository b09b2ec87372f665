"""The screening in a browser: with JavaScript and without, there and back, and what is not told."""

import re

import pytest
from playwright.sync_api import Page, expect

from examples.website import answers as read_by_the_website
from tests.browser.conftest import Visit, Visiting
from tests.browser.partner import Partner
from tests.browser.screens import CHECK, PROFILE_2, REFERRALS
from tests.browser.walk import current, fill, go_on, walk
from tests.example_site import ExampleSite
from tests.stack import eventually
from tests.website.forms import CASES, Case, Fault

pytestmark = pytest.mark.needs("chromium")

# Answers that could be recognised anywhere: nothing of them may stand where others can read it.
TELLING = {
    "duration": (77, "days"),
    "course": "same",
    "health": ["kidney_disease", "blood_thinners"],
    "pregnancy": True,
}
TELLTALE = re.compile(r"77|kidney|thinners|pregnan|bladder|false|true|none", re.IGNORECASE)
SOMETHING_TO_BUY = re.compile(
    r"product|€|\bprijs|te koop|koop |partner|winkel|warenhuis|betaald|supplement|/go/|sponsored",
    re.IGNORECASE,
)


def heading(page: Page) -> str:
    return page.locator("h1:visible").inner_text()


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_from_the_page_of_a_complaint_to_advice_and_a_product(
    visit: Visiting, javascript: bool
) -> None:
    visitor: Visit = visit(javascript=javascript)
    visitor.go("/nl/rug/lage-rugpijn")
    page = visitor.page
    page.locator(".start").get_by_role("link", name="Doe de screening").click()
    walk(page, TELLING)
    assert heading(page) == "Jouw advies"
    assert page.get_by_text("Waarom dit?").count() > 1
    page.locator(".advised h3 a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.startswith(f"{visitor.site}/nl/")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("name", REFERRALS)
def test_beside_a_referral_stands_nothing_that_could_be_bought(
    visit: Visiting, name: str, javascript: bool
) -> None:
    visitor: Visit = visit(javascript=javascript)
    REFERRALS[name](visitor)
    html = visitor.page.content()
    assert 'class="referred' in html
    assert SOMETHING_TO_BUY.findall(html) == []
    for notice in ("Wanneer bel je een arts?", "Niet nagekeken"):
        assert notice in html


def test_an_emergency_is_shown_at_the_top_with_the_number_to_call(visit: Visiting) -> None:
    visitor: Visit = visit()
    visitor.go(CHECK)
    walk(visitor.page, {"bladder": True})
    banner = visitor.page.locator("main .notice").first
    expect(banner).to_have_class(re.compile("emergency"))
    expect(banner.get_by_role("link", name="Bel 112")).to_be_in_viewport()


def test_the_script_asks_the_api_itself_and_loads_no_page_between_questions(
    visit: Visiting, example: ExampleSite
) -> None:
    visitor: Visit = visit()
    visitor.go(CHECK)
    visitor.watched.requests.clear()
    walk(visitor.page, {}, until="duration")
    loaded = [r for r in visitor.watched.requests if r.resource_type in {"document", "fetch"}]
    asked = {(request.method, request.url) for request in loaded}
    evaluate = f"{example.api}/api/v1/screenings/lage-rugpijn/evaluate"
    assert asked <= {("POST", evaluate), ("OPTIONS", evaluate)}
    assert ("POST", evaluate) in asked


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_no_answer_stands_in_an_address_a_cookie_or_any_storage(
    visit: Visiting, javascript: bool
) -> None:
    visitor: Visit = visit(javascript=javascript)
    visitor.go(CHECK)
    walk(visitor.page, TELLING)
    assert heading(visitor.page) == "Jouw advies"
    visitor.page.locator(".advised h3 a").first.click()

    requests = visitor.watched.requests
    assert {request.headers.get("referer", "") for request in requests} == {""}
    addresses = {re.sub(r":\d+|/static/.*|/media/.*", "", request.url) for request in requests}
    assert [address for address in addresses if TELLTALE.search(address)] == []
    kept = visitor.page.context.storage_state(indexed_db=True)
    assert (kept["cookies"], kept["origins"]) == ([], [])


def test_a_reload_forgets_everything(visit: Visiting) -> None:
    """What a browser keeps with a tab would be kept on its disk."""
    visitor: Visit = visit()
    visitor.go(CHECK)
    walk(visitor.page, TELLING, until="course")
    assert visitor.page.evaluate("[Object.keys(sessionStorage), Object.keys(history.state)]") == [
        [],
        ["step"],
    ]
    visitor.page.reload()
    assert current(visitor.page) == "bladder"
    assert visitor.page.locator("#check [name=answers]").input_value() == "[]"


def test_steps_stand_in_the_address_and_in_the_history_without_an_answer(visit: Visiting) -> None:
    visitor: Visit = visit()
    visitor.go(CHECK)
    walk(visitor.page, {}, until="duration")
    assert re.fullmatch(rf"{visitor.site}{CHECK}\?stap=\d+", visitor.page.url)
    assert visitor.page.evaluate("Object.keys(history.state)") == ["step"]


@pytest.mark.parametrize("way", ["the browser's button", "our button"])
def test_back_shows_each_question_as_it_was_answered(visit: Visiting, way: str) -> None:
    visitor: Visit = visit()
    visitor.go(CHECK)
    page = visitor.page
    walk(page, {"bladder": False}, until="both_legs")
    for expected in ("saddle", "bladder"):
        if way == "our button":
            page.get_by_role("button", name="Vorige vraag").click()
        else:
            page.go_back()
        expect(page.locator("#check [name=question]")).to_have_value(expected)
        expect(page.locator("#question [value=no]")).to_be_checked()
    expect(page.get_by_role("button", name="Vorige vraag")).to_be_hidden()


def test_what_is_answered_after_going_back_counts_and_what_came_after_does_not(
    visit: Visiting,
) -> None:
    visitor: Visit = visit()
    visitor.go(CHECK)
    page = visitor.page
    walk(page, {}, until="duration")
    for _ in range(3):
        page.go_back()
    expect(page.locator("#check [name=question]")).to_have_value("saddle")
    fill(page, True)
    go_on(page)
    assert heading(page) == "Bel nu een arts"


def test_without_a_script_back_goes_question_by_question_too(visit: Visiting) -> None:
    visitor: Visit = visit(javascript=False)
    visitor.go(CHECK)
    page = visitor.page
    for _ in range(2):
        fill(page, False)
        page.locator("#check button").click()
    page.get_by_role("button", name="Vorige vraag").click()
    expect(page.locator("#check [name=question]")).to_have_value("saddle")
    expect(page.locator("#question [value=no]")).to_be_checked()


def test_an_answer_can_be_changed_after_the_end(visit: Visiting) -> None:
    visitor: Visit = visit()
    PROFILE_2(visitor)
    visitor.page.get_by_role("button", name="Ik wil een antwoord veranderen").click()
    expect(visitor.page.locator("#question :checked")).not_to_have_count(0)
    visitor.page.locator("#check button").click()
    expect(visitor.page.locator("h1")).to_have_text("Jouw advies")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_the_summary_takes_the_focus_and_leads_to_the_field(
    visit: Visiting, javascript: bool
) -> None:
    visitor: Visit = visit(javascript=javascript)
    visitor.go(CHECK)
    page = visitor.page
    page.locator("#check button").click()
    summary = page.locator("#summary")
    expect(summary).to_be_visible()
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Fout: "))
    summary.get_by_role("link", name="Kies een antwoord").click()
    expect(page.locator("#question [value=yes]")).to_be_focused()


def test_the_enter_key_goes_on_and_not_back(visit: Visiting) -> None:
    visitor: Visit = visit(javascript=False)
    visitor.go(CHECK)
    walk(visitor.page, {}, until="duration")
    visitor.page.locator("[name=amount]").fill("9")
    visitor.page.locator("[name=unit]").select_option("weeks")
    visitor.page.locator("[name=amount]").press("Enter")
    expect(visitor.page.locator("#check [name=question]")).not_to_have_value("duration")
    assert "Vraag" in visitor.page.locator(".progress").inner_text()
    expect(visitor.page.locator("#check [name=answers]")).to_have_value(re.compile("weeks"))


def test_when_the_script_cannot_reach_the_api_the_website_goes_on(visit: Visiting) -> None:
    visitor: Visit = visit()
    visitor.page.route("**/evaluate", lambda route: route.abort())
    visitor.go(CHECK)
    for key in ("bladder", "saddle"):
        assert current(visitor.page) == key
        fill(visitor.page, False)
        visitor.page.locator("#check button").click()
        expect(visitor.page.locator("#check [name=question]")).not_to_have_value(key)
    assert current(visitor.page) == "both_legs"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_script_reads_a_form_as_the_website_does(visit: Visiting, case: Case) -> None:
    """One table for both, so that neither can take what the other refuses."""
    visitor: Visit = visit()
    visitor.go(CHECK)
    question = case.question
    options = question.get("options", [])
    asks = {name: question[name] for name in ("kind", "units", "low", "high") if name in question}
    asks["options"] = [option["key"] for option in options]
    asks["alone"] = [option["key"] for option in options if option.get("exclusive")]
    read = """async ([asks, fields]) => {
        const { Fault, read } = await import("/static/answers.js");
        try { return { answer: read(asks, fields) }; }
        catch (fault) { if (!(fault instanceof Fault)) throw fault;
                        return { code: fault.code, field: fault.field }; }
    }"""
    says = visitor.page.evaluate(read, [asks, case.fields])
    if isinstance(case.expected, Fault):
        assert (says["code"], says["field"]) == case.expected
    else:
        assert says["answer"] == read_by_the_website.read(question, case.fields)


COUNT_CLICKS = "from cms.affiliate.models import Click; print(Click.objects.count())"


def test_an_offer_leads_through_the_service_to_the_partner_and_is_counted(
    visit: Visiting, example: ExampleSite, shop: Partner
) -> None:
    visitor: Visit = visit(ignore_https_errors=True)
    PROFILE_2(visitor)
    page = visitor.page
    offers = page.locator(".offers a").all()
    assert offers
    for offer in offers:
        assert "sponsored" in str(offer.get_attribute("rel"))
        expect(offer.locator("xpath=..").locator(".disclosed")).to_be_visible()
    assert str(offers[0].get_attribute("href")).startswith(f"{example.api}/go/")
    counted = clicks(example)

    offers[0].click()

    expect(page.locator("h1")).to_have_text("De winkel van de partner")
    arrival = shop.arrivals[-1]
    assert page.url.startswith(f"https://{arrival.host}/")
    # The partner learns the click id and at most our origin: no page, no answer, no cookie of ours.
    assert arrival.headers.get("referer", "").rstrip("/") in {"", visitor.site, example.api}
    assert "cookie" not in arrival.headers
    assert not re.search("kidney|thinners|pregnan|bladder|rug|pijn", page.url)
    eventually(lambda: clicks(example) == counted + 1, "the click is in the ledger")


def clicks(example: ExampleSite) -> int:
    return int(example.stack.manage("shell", "-v0", "-c", COUNT_CLICKS).split()[-1])
