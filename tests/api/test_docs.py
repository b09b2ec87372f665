"""The page to read the API: nothing of it comes from anywhere else."""

import os
import re
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Route, sync_playwright

from tests.api.client import Client

PAGE = "/api/docs/"
SITE = "http://testserver"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def test_the_page_names_nothing_outside_this_site(client: Client) -> None:
    reply = client.get(PAGE)
    assert reply.status == 200
    assert not re.findall(rb"(?:https?:)?//[a-z]", reply.body)
    assert "default-src 'none'" in reply.header("Content-Security-Policy")
    assert "http" not in reply.header("Content-Security-Policy")


def test_what_the_page_loads_is_installed_here(client: Client) -> None:
    loads = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get(PAGE).body.decode())
    assert loads
    assert all(finders.find(address.removeprefix("/static/")) for address in loads)


@pytest.mark.needs("chromium")
def test_a_browser_shows_every_operation_without_asking_anybody_else(client: Client) -> None:
    elsewhere: list[str] = []
    errors: list[str] = []

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        if f"{address.scheme}://{address.netloc}" != SITE:
            elsewhere.append(route.request.url)
            route.abort()
        elif address.path.startswith("/static/"):
            route.fulfill(path=finders.find(address.path.removeprefix("/static/")))
        else:
            reply = client.get(address.path)
            route.fulfill(status=reply.status, headers=dict(reply.headers), body=reply.body)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["TEST_CHROMIUM"], args=SWITCHES
        )
        page = browser.new_page()
        page.route("**/*", answer)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(SITE + PAGE)
        page.get_by_role("heading", name="Advice, or a referral").wait_for(timeout=30_000)
        shown = page.inner_text("body")
        browser.close()
    assert "/api/v1/changes" in shown
    assert elsewhere == []
    assert errors == []
