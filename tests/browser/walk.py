"""Answers a screening as a visitor does: one question after another, by its key."""

from typing import Any

from playwright.sync_api import Page, expect

Answers = dict[str, Any]

# Five weeks, getting better, nothing else: whatever is asked beside it does not hold.
NOTHING: Answers = {
    "duration": (5, "weeks"),
    "course": "improving",
}
MOST_QUESTIONS = 20


def current(page: Page) -> str:
    """The key of the question on this page; empty when it shows none."""
    fields = page.locator("#check [name=question]")
    return fields.input_value() if fields.count() else ""


def fill(page: Page, answer: Any) -> None:
    """True and False for yes and no, a pair for a duration, a list of keys, or one key."""
    question = page.locator("#question")
    match answer:
        case (int(amount), str(unit)):
            question.locator("[name=amount]").fill(str(amount))
            question.locator("[name=unit]").select_option(unit)
        case list():
            for key in answer:
                question.locator(f"[value='{key}']").check()
        case _:
            key = {True: "yes", False: "no"}.get(answer, answer)
            question.locator(f"[value='{key}']").check()


def otherwise(page: Page) -> Any:
    """No to what is not in the list: `none`, or no."""
    none = page.locator("#question [value=none]")
    return ["none"] if none.count() else False


def go_on(page: Page) -> None:
    """With JavaScript the question changes; without it, and at an end, a page is loaded."""
    before = current(page)
    page.locator("#check button").click()
    expect(page.locator(f"#check [name=question][value='{before}']")).to_have_count(0)
    page.wait_for_load_state()


def walk(page: Page, answers: Answers, until: str = "") -> None:
    """From the first question to an end, or to the question `until`."""
    known = NOTHING | answers
    for _ in range(MOST_QUESTIONS):
        key = current(page)
        if not key or key == until:
            return
        fill(page, known[key] if key in known else otherwise(page))
        go_on(page)
    raise AssertionError(f"more than {MOST_QUESTIONS} questions")
