"""A draft in the front end: what its editor typed, for a quarter of an hour, by its token alone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import querydict_from_html

from cms.content import previews
from cms.content.models import ArticlePage, Preview, ProductPage
from tests.content import builders
from tests.content.builders import Tree
from tests.content.test_admin import form_of

FRONT_END = "https://voorkant.example"


@pytest.fixture
def editor(client: Client, db: None, settings: Settings) -> Client:
    settings.SITE_URL = FRONT_END
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


def preview(editor: Client, page: Any, **typed: str) -> str:
    """Type into the edit form without saving, open the preview; the HTML that it shows."""
    form = form_of(editor, page) | typed
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(address, form).json() == {"is_valid": True, "is_available": True}
    return editor.get(address).content.decode()


def look(editor: Client, page: Any, **typed: str) -> str:
    """The token that the front end is given for what was typed."""
    shown = preview(editor, page, **typed)
    [token] = re.findall(rf'<iframe src="{FRONT_END}/preview\?token=([^"]+)"', shown)
    return token.replace("%3A", ":")


def test_a_preview_has_what_was_typed_and_the_page_keeps_what_it_had(
    editor: Client, tree: Tree
) -> None:
    token = look(editor, tree.article, title="Anders bewegen", lead="Nog niet bewaard.")
    kept = previews.read(token, timezone.now())
    assert kept is not None
    assert (kept.page_key, kept.kind, kept.locale, kept.path) == (
        builders.key(tree.article),
        "article",
        "nl",
        "rug/bewegen",
    )
    assert (kept.body["title"], kept.body["lead"]) == ("Anders bewegen", "Nog niet bewaard.")
    assert builders.fresh(tree.article).title == "Bewegen"
    assert not builders.touched()


@pytest.mark.parametrize("model", [ArticlePage, ProductPage, *builders.STREAMS])
def test_drafts_of_every_type_can_be_seen(editor: Client, tree: Tree, model: Any) -> None:
    draft = builders.draft(tree.rug, model, "Ontwerp")
    token = look(editor, draft, lead="Zo wordt het.")
    kept = previews.read(token, timezone.now())
    assert kept is not None
    assert kept.body["lead"] == "Zo wordt het."


def test_a_page_that_was_never_saved_can_be_seen(editor: Client, tree: Tree) -> None:
    address = ["content", "articlepage", tree.rug.pk]
    add = editor.get(reverse("wagtailadmin_pages:add", args=address))
    form = querydict_from_html(add.content.decode(), form_id="page-edit-form").dict()
    form |= {"title": "Nieuw", "slug": "nieuw", "lead": "Net begonnen."}
    look_at = reverse("wagtailadmin_pages:preview_on_add", args=address)
    assert editor.post(look_at, form).json() == {"is_valid": True, "is_available": True}
    assert FRONT_END in editor.get(look_at).content.decode()
    kept = Preview.objects.get()
    assert (kept.page_key, kept.path, kept.body["title"]) == ("page:new", "rug/nieuw", "Nieuw")


def test_a_private_page_is_for_who_holds_the_token(editor: Client, tree: Tree) -> None:
    PageViewRestriction.objects.create(page=tree.rug, restriction_type="login")
    assert previews.read(look(editor, tree.article), timezone.now()) is not None


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"), id="forged"),
        pytest.param(lambda token: "x" + token, id="of another draft"),
        pytest.param(lambda token: token.partition(":")[0], id="not signed"),
        pytest.param(lambda token: "", id="nothing"),
    ],
)
def test_no_other_token_reads_a_draft(editor: Client, tree: Tree, spoil: Any) -> None:
    token = look(editor, tree.article)
    assert previews.read(spoil(token), timezone.now()) is None


def test_a_token_ends_after_a_quarter_of_an_hour_and_the_draft_goes_with_it(tree: Tree) -> None:
    token = previews.keep(tree.article)
    later = timezone.now() + timedelta(minutes=15, seconds=1)
    assert previews.read(token, later) is None
    Preview.objects.update(made_at=timezone.now() - timedelta(minutes=16))
    previews.keep(tree.article)
    assert Preview.objects.count() == 1


def test_without_a_front_end_the_preview_says_so_and_links_to_the_json(
    editor: Client, tree: Tree, settings: Settings
) -> None:
    settings.SITE_URL = settings.BASE_URL
    shown = preview(editor, tree.article)
    assert "SITE_URL" in shown
    assert re.search(r'href="/api/v1/preview/[^"]+"', shown)
