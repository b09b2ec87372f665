"""An editor sees a draft in the website, inside the admin; nobody else does."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Visiting
from tests.example_site import ExampleSite

pytestmark = pytest.mark.needs("chromium")

WRITE = """
from cms.content.models import ArticlePage
page = ArticlePage.objects.get(slug="bewegen-met-rugpijn")
page.title = "Nog maar een ontwerp"
page.save_revision()
print(page.pk)
"""


def test_the_preview_in_the_admin_is_the_website_with_the_draft(
    visit: Visiting, example: ExampleSite
) -> None:
    pk = example.stack.manage("shell", "-v0", "-c", WRITE).split()[-1]
    editor: Visit = visit(width=1280)
    page = editor.page
    page.goto(f"{example.api}/admin/login/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", (example.stack.folder / "editor-password").read_text().strip())
    page.click("button[type=submit]")
    expect(page).to_have_url(f"{example.api}/admin/")
    page.goto(f"{example.api}/admin/pages/{pk}/edit/")
    page.click("[data-side-panel-toggle=preview]")

    panel = page.frame_locator("#w-preview-iframe")
    draft = panel.frame_locator("iframe")
    expect(draft.locator("h1")).to_have_text("Nog maar een ontwerp", timeout=60_000)
    address = str(panel.locator("iframe").get_attribute("src"))
    assert address.startswith(f"{example.site}/preview?token=")

    visitor: Visit = visit()
    visitor.go("/nl/rug/bewegen-met-rugpijn")
    expect(visitor.page.locator("h1")).to_have_text("Bewegen als je rug pijn doet")
    answer = visitor.page.goto(address)
    assert answer is not None
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    visitor.page.goto(re.sub(r"token=.", "token=~", address))
    expect(visitor.page.locator("h1")).to_have_text("Deze pagina is er niet")
