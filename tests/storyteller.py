"""The people of test_story.py and what each of them does, over HTTP against a served product."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from io import StringIO
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

import pytest
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from tests.molds import FURNISHED
from tests.stack import Stack, eventually, stack

PAGES = {"matras": "producten/matras", "mattress": "products/mattress"}
# What the form's JavaScript would send of its block.
DETAILS = {
    "firmness": "medium",
    "sleeping_positions": "side",
    "trial_nights": "30",
    "body_weight": "",
}
BLOCKS = nested_form_data({"details": streamfield([("sleep", DETAILS)])})
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept-Language": "en",
}


class Stay(HTTPRedirectHandler):
    """Says where a redirect leads instead of going there."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Person:
    address: str

    @cached_property
    def _opener(self) -> OpenerDirector:
        return build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()), Stay())

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        url = path if "://" in path else f"{self.address}{path}"
        request = Request(url, body, BROWSER | headers)  # noqa: S310
        try:
            with self._opener.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as error:
            return Answer(error.code, error.headers, error.read())


class Visitor(Person):
    def reads(self, page: str) -> dict[str, Any] | None:
        """The page as it is now; None when it is not there."""
        answer = self.ask(f"/api/v1/content/nl/{PAGES[page]}")
        return answer.json if answer.status == 200 else None

    def answers(self, answers: dict[str, Any]) -> dict[str, Any]:
        return self._post("/api/v1/screenings/lage-rugpijn/evaluate", {"answers": answers})

    def is_advised(self, token: str = "", answers: dict[str, Any] | None = None) -> "Advice":
        wish: dict[str, Any] = {"token": token, "context": {"locale": "nl"}}
        if answers is not None:
            asked = {"screening": "lage-rugpijn", "version": 3, "answers": answers}
            wish = asked | {"context": {"locale": "nl"}}
        return Advice(self._post("/api/v1/recommendations", wish))

    def finds(self, words: str) -> list[str]:
        """The addresses of what a search finds, by their last part."""
        found = self.ask(f"/api/v1/search?{urlencode({'q': words, 'locale': 'nl'})}").json
        return [hit["card"]["path"].rpartition("/")[2] for hit in found["hits"]]

    def clicks(self, href: str) -> str | None:
        """Where the click leads; None when nowhere."""
        answer = self.ask(href)
        return answer.headers["Location"] if answer.status == 302 else None

    def _post(self, path: str, document: Any) -> dict[str, Any]:
        body = json.dumps(document).encode()
        answer = self.ask(path, body, **{"Content-Type": "application/json"})
        assert answer.status == 200, answer.body
        return dict(answer.json)


@dataclass(frozen=True)
class Advice:
    document: dict[str, Any]

    @property
    def type(self) -> str:
        return str(self.document["type"])

    @property
    def must_show(self) -> set[str]:
        return {notice["kind"] for notice in self.document["must_show"]}

    def item(self, page: str) -> dict[str, Any] | None:
        items = [item for slot in self.document["slots"] for item in slot["items"]]
        return next((item for item in items if item["card"]["path"] == PAGES[page]), None)

    def mentions_anything_of(self, page: str) -> bool:
        text = json.dumps(self.document)
        return any(word in text for word in (PAGES[page], "/go/", '"slots"', '"price"', '"offers"'))


def _form(answer: Answer, **which: Any) -> Any:
    """What a form would send as it stands."""
    html = answer.body.decode()
    form = querydict_from_html(html, exclude_csrf=False, **which)
    # Wagtail's helper gives a ticked box its value attribute, a browser "on" when it has none.
    for name in re.findall(r'<input type="checkbox" name="([^"]+)"[^>]*checked', html):
        if form.get(name) == "":
            form[name] = "on"
    return form


class Employee(Person):
    """Somebody with a login for the admin."""

    def logs_in(self, name: str, password: str) -> None:
        said = {"username": name, "password": password, "next": "/admin/"}
        form = _form(self.ask("/admin/login/"))
        assert self.send("/admin/login/", form.dict() | said).status == 302

    def send(self, path: str, form: dict[str, Any]) -> Answer:
        return self.ask(path, urlencode(form, doseq=True).encode(), Referer=self.address)


class Editor(Employee):
    """Each verb returns when every reader of this process has what was done."""

    def writes(self, page: str, **said: str) -> None:
        """Saves a draft."""
        self._saves(page, said)

    def publishes(self, page: str, **said: str) -> None:
        self._and_waits(lambda: self._saves(page, said | {"action-publish": "yes"}))

    def withdraws(self, page: str) -> None:
        address = f"/admin/pages/{self._id(page)}/unpublish/"
        html = self.ask(address).body.decode()
        [token] = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
        self._and_waits(lambda: self.send(address, {"csrfmiddlewaretoken": token}))

    def _saves(self, page: str, said: dict[str, str]) -> Answer:
        address = f"/admin/pages/{self._id(page)}/edit/"
        form = _form(self.ask(address), form_id="page-edit-form")
        answer = self.send(address, {name: form.getlist(name) for name in form} | BLOCKS | said)
        assert answer.status == 302, answer.body.decode()
        return answer

    def _id(self, page: str) -> str:
        for row in self.ask("/api/v1/manifest").json["pages"]:
            if row["path"] == PAGES[page]:
                return str(row["key"]).removeprefix("page:")
        raise AssertionError(f"no {page} among the live pages")

    def _and_waits(self, deed: Any) -> None:
        before = self._number()
        assert deed().status == 302
        eventually(lambda: self._number() > before, "the change is live")

    def _number(self) -> int:
        return int(self.ask("/health/ready").json["replica"]["seq"])


class Marketer(Employee):
    def clicks_on(self, link: str, placement: str) -> int:
        """Counted in the report once the ledger has them: at most a second or two later."""
        eventually(lambda: self._counted(link, placement) > 0, "the click is in the ledger")
        return self._counted(link, placement)

    def _counted(self, link: str, placement: str) -> int:
        export = self.ask("/admin/reports/clicks/?export=csv").body.decode("utf-8-sig")
        rows = [row for row in csv.DictReader(StringIO(export)) if link in row.values()]
        return sum(int(row["Clicks"]) for row in rows if placement in row.values())


@dataclass(frozen=True)
class Story:
    editor: Editor
    visitor: Visitor
    marketing: Marketer


@pytest.fixture
def story() -> Iterator[Story]:
    with stack(FURNISHED) as made:
        _furnish(made)
        web = made.web("web")
        made.environment["BASE_URL"] = made.environment["SITE_URL"] = web.address
        web.start()
        editor, marketing = Editor(web.address), Marketer(web.address)
        for employee in (editor, marketing):
            employee.logs_in("noor", "een-goed-wachtwoord")
        yield Story(editor, Visitor(web.address), marketing)


def _furnish(made: Stack) -> None:
    made.environment["DJANGO_SUPERUSER_PASSWORD"] = "een-goed-wachtwoord"
    made.manage("createsuperuser", "--noinput", "--username=noor", "--email=noor@voorbeeld.example")
