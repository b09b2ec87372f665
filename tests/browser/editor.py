"""An editor at work: finds everything by the words on the screen, as somebody does who looks."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.example_site import ExampleSite

Scope = Page | Locator
PATIENCE = 20_000  # ms, for a page that is checked whole and saved


def label(words: str) -> re.Pattern[str]:
    """The label of a field; the star of what has to be filled in may follow."""
    return re.compile(rf"^{re.escape(words)}\s*\*?$")


@dataclass
class Editor:
    page: Page
    example: ExampleSite

    def sign_in(self) -> None:
        password = (self.example.stack.folder / "editor-password").read_text().strip()
        self.page.goto(f"{self.example.api}/admin/")
        self.page.get_by_role("textbox", name="Username").fill("editor")
        self.page.get_by_role("textbox", name="Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url(f"{self.example.api}/admin/")

    def begin(self, kind: str, *, below: str) -> None:
        """A new page in Dutch, from the tree of pages."""
        self.page.goto(f"{self.example.api}/admin/pages/")
        dutch = self.page.get_by_role("row").filter(has_text="Nederlands")
        dutch.get_by_role("link", name="Explore child pages of").click()
        self.page.get_by_role("link", name=f"Explore child pages of '{below}'").click()
        self.page.get_by_role("link", name="Add child page").click()
        self.page.get_by_role("link", name=label(kind)).click()
        expect(self.page.get_by_role("heading", name=f"New: {kind}")).to_be_visible()

    def tab(self, words: str) -> Locator:
        """A number of errors may follow its name."""
        return self.page.get_by_role("tab", name=words)

    def open_tab(self, words: str) -> None:
        self.tab(words).click()

    def field(self, words: str, within: Scope | None = None, role: Any = "textbox") -> Locator:
        """The one field with this label."""
        found = (within or self.page).get_by_role(role, name=label(words), include_hidden=True)
        expect(found).to_have_count(1)
        return found

    def fill(self, words: str, text: str, within: Scope | None = None) -> None:
        self.field(words, within).fill(text)

    def write(self, words: str, text: str, within: Scope | None = None) -> None:
        """Into a rich text, as a keyboard does."""
        self.field(words, within).click()
        self.page.keyboard.insert_text(text)

    def number(self, words: str, number: int, within: Scope | None = None) -> None:
        self.field(words, within, role="spinbutton").fill(str(number))

    def choose(self, words: str, choice: str, within: Scope | None = None) -> None:
        found = (within or self.page).get_by_role("combobox", name=label(words))
        found.select_option(label=choice)

    def section(self, words: str) -> Locator:
        """The part of the form, or the block in it, that has this heading."""
        return self.page.get_by_role("region", name=re.compile(rf"^{re.escape(words)}"))

    def insert(self, kind: str, within: Locator) -> None:
        within.get_by_role("button", name="Insert a block").last.click()
        self.page.get_by_role("option", name=kind, exact=True).click()

    def add(self, *, below: Locator) -> None:
        """One more in a list, with the button that stands under the last one of it."""
        under = below.bounding_box()
        assert under is not None
        buttons = self.page.get_by_role("button", name="Add", exact=True).all()
        boxes = [(box["y"], button) for button in buttons if (box := button.bounding_box())]
        lower = [each for each in boxes if each[0] >= under["y"] + under["height"]]
        min(lower, key=lambda each: each[0])[1].click()

    def publish(self) -> None:
        """Not in the same instant as the last key: nobody reaches the button that fast.

        Rich text is in the form after 250 ms, autosave begins 500 ms after that.
        """
        self.page.evaluate("() => new Promise(done => setTimeout(done, 1500))")
        expect(self.page.get_by_text("Saving…").filter(visible=True)).to_have_count(0)
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Publish", exact=True).click()

    def is_refused(self) -> None:
        expect(self.page.get_by_text("due to validation errors")).to_be_visible(timeout=PATIENCE)

    def go_to_the_first_error(self) -> None:
        """With the keyboard: the button slides in, and a click at it may miss."""
        button = self.page.get_by_role("button", name="Go to the first error")
        expect(button).to_be_visible()
        button.press("Enter")

    def sees_error(self, field: Locator, words: str) -> None:
        """At the field itself, and told with it to somebody who does not see the screen."""
        expect(field).to_be_visible()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(re.escape(words)))

    def sees_no_error(self, field: Locator) -> None:
        expect(field).not_to_have_attribute("aria-invalid", "true")

    def is_told(self, words: str) -> None:
        expect(self.page.get_by_role("status").filter(has_text=words)).to_be_visible(
            timeout=PATIENCE
        )
