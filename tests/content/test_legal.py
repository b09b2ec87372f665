"""Legal texts: the newest version is shown, and none that was published ever changes."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from cms.content.models import LegalText
from cms.published import compose, registry, work
from cms.published.replica import Replica
from tests.content import builders
from tests.content.builders import Tree, touched

NEWEST = "legal:disclaimer:nl"


def shown(key: str = NEWEST) -> dict[str, Any] | None:
    """What readers get of a key, once they have followed."""
    work.number_all()
    replica = Replica()
    replica.refresh()
    return compose.card(replica.view(), key, timezone.now())


def test_versions_count_by_text_and_language(tree: Tree) -> None:
    made = [
        builders.legal(*said)
        for said in (
            ("disclaimer", "nl"),
            ("disclaimer", "nl"),
            ("disclaimer", "en"),
            ("terms", "nl"),
            ("disclaimer", "nl"),
        )
    ]
    assert [text.version for text in made] == [1, 2, 1, 1, 3]


def test_the_newest_live_version_is_shown_and_all_stay_readable(tree: Tree) -> None:
    builders.legal(title="Oud")
    builders.legal(title="Nieuw")
    assert touched() == dict.fromkeys([NEWEST, f"{NEWEST}@1", f"{NEWEST}@2"], False)
    newest = shown() or {}
    assert (newest["title"], newest["version"], newest["locale"]) == ("Nieuw", 2, "nl")
    assert newest["body"] == {
        "html": "<p>Vervangt geen arts.</p>",
        "text": "Vervangt geen arts.",
    }
    assert (shown(f"{NEWEST}@1") or {})["title"] == "Oud"


def test_a_draft_is_not_shown(tree: Tree) -> None:
    builders.legal(title="Oud")
    draft = LegalText.objects.create(
        key="disclaimer", locale="nl", title="Nieuw", body="<p>A</p>", live=False
    )
    draft.save_revision()
    assert (shown() or {})["title"] == "Oud"
    assert shown(f"{NEWEST}@2") is None


def test_without_the_newest_the_one_before_it_is_shown_again(tree: Tree) -> None:
    builders.legal(title="Oud")
    newest = builders.legal(title="Nieuw")
    newest.unpublish()
    assert (shown() or {})["title"] == "Oud"
    assert shown(f"{NEWEST}@2") is None
    LegalText.objects.get(version=1).unpublish()
    assert shown() is None


@pytest.mark.parametrize("id_", ["disclaimer:nl@01", "disclaimer:nl@", "disclaimer:nl@x", "x:nl"])
def test_what_is_no_name_of_a_version_finds_none(tree: Tree, id_: str) -> None:
    builders.legal()
    kind, _ = registry.kind_of("legal:x")
    assert kind.load(id_) is None


CHANGES = {
    "key": "terms",
    "locale": "en",
    "version": 7,
    "title": "Anders",
    "body": "<p>Anders</p>",
    "changes": "Anders",
    "effective_from": "2020-01-01",
}


@pytest.mark.parametrize("field", CHANGES)
def test_the_database_refuses_to_change_a_published_version(tree: Tree, field: str) -> None:
    text = builders.legal()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        LegalText.objects.filter(pk=text.pk).update(**{field: CHANGES[field]})
    text.unpublish()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        LegalText.objects.filter(pk=text.pk).update(**{field: CHANGES[field]})


def test_a_draft_can_be_changed_until_it_is_published(tree: Tree) -> None:
    draft = LegalText.objects.create(
        key="terms", locale="nl", title="Een", body="<p>A</p>", live=False
    )
    draft.title = "Twee"
    draft.full_clean()
    draft.save_revision().publish()
    text = LegalText.objects.get()
    assert text.title == "Twee"
    text.title = "Drie"
    with pytest.raises(ValidationError) as raised:
        text.full_clean()
    assert list(raised.value.message_dict) == ["title"]


def test_a_raw_statement_is_refused_too(tree: Tree) -> None:
    builders.legal()
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE content_legaltext SET body = 'x'")


# --- in the admin -------------------------------------------------------------------------


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


def address(name: str, *args: Any) -> str:
    return reverse(LegalText.snippet_viewset.get_url_name(name), args=args)


FORM = {
    "key": "disclaimer",
    "locale": "nl",
    "title": "Belangrijk",
    "body": rich_text("<p>Vervangt geen arts.</p>"),
    "changes": "",
    "effective_from": "2026-11-24",
}
PUBLISH = {"action-publish": "action-publish"}


def test_an_editor_writes_a_draft_and_publishes_it(tree: Tree, editor: Client) -> None:
    added = editor.post(address("add"), FORM)
    assert added.status_code == 302, added.context["form"].errors
    draft = LegalText.objects.get()
    assert (draft.live, draft.version, shown()) == (False, 1, None)
    edited = editor.post(address("edit", draft.pk), FORM | {"title": "Let op"} | PUBLISH)
    assert edited.status_code == 302, edited.context["form"].errors
    assert (shown() or {})["title"] == "Let op"


def test_a_published_version_is_refused_at_the_fields_that_change(
    tree: Tree, editor: Client
) -> None:
    text = builders.legal(effective_from="2026-11-24")
    answer = editor.post(address("edit", text.pk), FORM | {"title": "Anders"} | PUBLISH)
    assert list(answer.context["form"].errors) == ["title"]


def test_a_copy_is_the_next_version(tree: Tree, editor: Client) -> None:
    first = builders.legal()
    form = editor.get(address("copy", first.pk)).content.decode()
    assert f'action="{address("add")}"' in form
    assert 'value="Belangrijk"' in form
    copied = editor.post(address("add"), FORM | {"title": "Nieuw"})
    assert copied.status_code == 302, copied.context["form"].errors
    second = LegalText.objects.get(version=2)
    assert (second.live, second.is_frozen, second.title) == (False, False, "Nieuw")
    editor.post(address("edit", second.pk), FORM | {"title": "Nieuwer"} | PUBLISH)
    assert (shown() or {})["title"] == "Nieuwer"
    assert (shown(f"{NEWEST}@1") or {})["title"] == "Belangrijk"


def test_a_published_version_is_not_deleted_and_a_draft_is(tree: Tree, editor: Client) -> None:
    text = builders.legal()
    answer = editor.post(address("delete", text.pk), follow=True)
    assert "stays readable for good" in answer.content.decode()
    editor.post(address("add"), FORM)
    editor.post(address("delete", LegalText.objects.get(version=2).pk))
    assert list(LegalText.objects.values_list("version", flat=True)) == [1]


def test_texts_are_listed(tree: Tree, editor: Client) -> None:
    builders.legal(title="Over betaalde links", key="affiliate_disclosure")
    assert "Over betaalde links" in editor.get(address("list")).content.decode()
