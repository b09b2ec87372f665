"""The example's partners: clearly made up, loaded once, and every mistake in the file is named."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from cms.affiliate import demo
from cms.affiliate.models import Link, Offer, Partner
from cms.content.demo.files import BadFile, read_pages, read_yaml
from cms.content.demo.others import load_others
from cms.content.demo.pages import Tree
from cms.content.models import ProductPage
from tests.affiliate.conftest import Shop
from tests.content import builders

CONTENT = settings.EXAMPLES_DIR / "lage-rugpijn" / "content"
SAID: list[dict[str, Any]] = read_yaml(CONTENT / "partners.yaml")
LEAST = {
    "name": "Voorbeeld",
    "network": "direct",
    "hosts": ["a.example"],
    "links": [{"product": "rug/matras", "destination": "https://a.example/x"}],
}


@pytest.fixture
def tree(shop: Shop) -> Tree:
    return Tree(Locale.objects.get(language_code="nl"))


def test_every_host_is_reserved_for_examples() -> None:
    hosts = [host for partner in SAID for host in partner["hosts"]]
    assert hosts
    assert all(host.endswith(".example") for host in hosts)


def test_every_partner_and_every_link_says_that_it_is_an_example() -> None:
    assert all("voorbeeld" in partner["name"].lower() for partner in SAID)
    notes = [link["note"] for partner in SAID for link in partner["links"]]
    assert all("Voorbeeld" in note for note in notes)


def test_every_link_is_of_a_product_of_the_example_on_which_we_may_earn() -> None:
    pages = {page.path: page for page in read_pages(CONTENT / "pages")}
    for link in (link for partner in SAID for link in partner["links"]):
        page = pages[link["product"]]
        assert page.model is ProductPage
        assert page.said["paid"] is True


def test_a_partner_with_its_links_is_loaded_once(tree: Tree) -> None:
    said = [LEAST | {"links": [LEAST["links"][0] | {"price": "9.95", "seen_on": SAID_ON}]}]
    assert demo.load(said, tree) == 1
    assert demo.load(said, tree) == 0

    assert (Partner.objects.count(), Link.objects.count(), Offer.objects.count()) == (1, 1, 1)
    assert str(Offer.objects.get().price) == "9.95"
    assert Link.objects.get().live


SAID_ON = SAID[0]["links"][0]["seen_on"]


def test_what_editors_changed_stays_as_they_left_it(tree: Tree) -> None:
    demo.load([LEAST], tree)
    Partner.objects.update(commission=50)
    Link.objects.update(note="changed")
    demo.load([LEAST], tree)
    assert (str(Partner.objects.get().commission), Link.objects.get().note) == ("50.00", "changed")


@pytest.mark.parametrize(
    ("link", "error"),
    [
        ({"product": "rug/nothing"}, "no page at 'rug/nothing'"),
        ({"destination": "https://b.example/"}, "b.example"),
        ({"cost": 3}, "a link has no cost"),
        ({"price": "free", "seen_on": SAID_ON}, "price"),
    ],
)
def test_a_mistake_is_named(tree: Tree, link: dict[str, Any], error: str) -> None:
    said = [LEAST | {"links": [LEAST["links"][0] | link]}]
    with pytest.raises((BadFile, ValidationError), match=error):
        demo.load(said, tree)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("- name: A\n", "KeyError"),
        ("- [1, 2]\n", "partners.yaml"),
        ("- {name: A, hosts: [a.example], colour: red, links: []}\n", "colour"),
        ("- {name: A, name: B}\n", "partners.yaml"),
    ],
)
def test_a_file_of_another_form_is_named(tree: Tree, tmp_path: Path, text: str, error: str) -> None:
    (tmp_path / "partners.yaml").write_text(text)
    with pytest.raises(BadFile, match=error):
        load_others(tmp_path, tree)


def test_an_example_without_partners_has_none(tree: Tree, tmp_path: Path) -> None:
    assert load_others(tmp_path, tree) == {}


def test_a_product_that_earns_nothing_gets_no_link(tree: Tree, shop: Shop) -> None:
    shop.product.paid = False
    builders.publish(shop.product)
    with pytest.raises(ValidationError, match="we may earn on it"):
        demo.load([LEAST], tree)
