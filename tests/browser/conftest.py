"""A browser that may speak to this machine only, and the example that it looks at."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.browser.partner import Partner, partner
from tests.example_site import ExampleSite, example_site

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OWN = {"localhost", "127.0.0.1"}


@pytest.fixture(scope="session")
def example() -> Iterator[ExampleSite]:
    with example_site() as started:
        yield started


@pytest.fixture(scope="session")
def shop() -> Iterator[Partner]:
    with partner() as serving:
        yield serving


# Not for the whole session: while it runs this thread has an event loop, in which Django keeps
# off the database.
@pytest.fixture(scope="module")
def browser(shop: Partner) -> Iterator[Browser]:
    partners = f"--host-resolver-rules=MAP *.example 127.0.0.1:{shop.port}"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ["TEST_CHROMIUM"], args=[*FLAGS, partners]
        )
        yield started
        started.close()


@dataclass
class Watched:
    """Everything that a page asked for, and everything that it complained of."""

    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def elsewhere(self) -> list[str]:
        return [r.url for r in self.requests if urlsplit(r.url).hostname not in OWN]


@dataclass
class Visit:
    page: Page
    watched: Watched
    site: str

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)


Visiting = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, example: ExampleSite) -> Iterator[Visiting]:
    """A visit with nothing left of an earlier one. `width` in CSS pixels."""
    contexts = []

    def start(width: int = 360, javascript: bool = True, **options: Any) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        watched, page = Watched(), context.new_page()
        page.on("request", lambda request: watched.requests.append(request))
        page.on("console", lambda message: watched.complaints.append(message.text))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        return Visit(page, watched, example.site)

    yield start
    for context in contexts:
        context.close()
