"""What was in the tables before a migration is there after it, in its new form."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

# Both move the tables of the whole process.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("migrations")]

BEFORE = [("content", "0003_preview")]
AFTER = [("content", "0004_references_and_sections")]
KNGF = {
    "title": "Lage rugpijn",
    "publisher": "KNGF",
    "year": 2021,
    "url": "https://kngf.nl",
    "accessed": None,
}
BOOK = {"title": "De rug", "publisher": "", "year": None, "url": "", "accessed": None}


def migrate(to: list[tuple[str, str]]) -> Any:
    """Go there; gives the models as they are then."""
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.fixture
def before() -> Iterator[Any]:
    """The models of before references."""
    yield migrate(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def page(apps: Any, model: str, name: str, **said: Any) -> Any:
    locale, _ = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code="nl")
    kind = ContentType.objects.get_or_create(app_label="content", model=model)[0]
    number = apps.get_model("wagtailcore", "Page").objects.count() + 1
    fields = {"title": name, "draft_title": name, "slug": name, "lead": "Lees.", "depth": 1}
    fields |= {"path": f"Z{number:03}", "url_path": f"/{name}/", "locale_id": locale.pk}
    return apps.get_model("content", model).objects.create(content_type_id=kind.pk, **fields | said)


def revision(apps: Any, page: Any, model: str, content: dict[str, Any]) -> Any:
    kind = ContentType.objects.get(app_label="content", model=model)
    return apps.get_model("wagtailcore", "Revision").objects.create(
        content_type_id=kind.pk,
        base_content_type_id=kind.pk,
        object_id=str(page.pk),
        created_at=timezone.now(),
        object_str=page.title,
        content=content,
    )


def test_free_sources_become_references_and_kinds_of_names_two_facts(before: Any) -> None:
    article = page(before, "articlepage", "slapen", body="<p>A</p>")
    condition = page(before, "conditionpage", "rugpijn", key="rugpijn", sections="[]")
    old = before.get_model("content", "ArticleSource").objects
    old.create(page_id=article.pk, sort_order=0, **KNGF)
    old.create(page_id=article.pk, sort_order=1, **BOOK)
    before.get_model("content", "ConditionSource").objects.create(page_id=condition.pk, **KNGF)
    names = before.get_model("content", "ConditionName").objects
    for kind in ("synonym", "medical", "lay", "related"):
        names.create(page_id=condition.pk, name=kind, kind=kind, language="nl")
    draft = revision(
        before,
        condition,
        "conditionpage",
        {
            "title": "Rugpijn",
            "names": [{"pk": 1, "name": "spit", "kind": "lay", "language": "nl"}],
            "sources": [
                {"pk": 1, "page": condition.pk, **KNGF},
                {"pk": 2, "page": condition.pk, **KNGF, "year": 2017, "accessed": "2026-11-24"},
            ],
        },
    )

    after = migrate(AFTER)

    references = after.get_model("content", "Reference").objects
    assert sorted(references.values_list("key", "title", "kind")) == [
        ("de-rug", "De rug", "book"),
        ("kngf-2017", "Lage rugpijn", "website"),
        ("kngf-2021", "Lage rugpijn", "website"),
    ]
    rows = after.get_model("content", "ArticleSource").objects.order_by("sort_order")
    assert [row.reference.key for row in rows] == ["kngf-2021", "de-rug"]
    [row] = after.get_model("content", "ConditionSource").objects.all()
    assert row.reference.key == "kngf-2021"
    named = after.get_model("content", "ConditionName").objects
    assert {row.name: (row.register, row.relation) for row in named.all()} == {
        "synonym": ("lay", "same"),
        "medical": ("medical", "same"),
        "lay": ("lay", "same"),
        "related": ("lay", "related"),
    }
    content = after.get_model("wagtailcore", "Revision").objects.get(pk=draft.pk).content
    assert content["names"] == [
        {"pk": 1, "name": "spit", "language": "nl", "register": "lay", "relation": "same"}
    ]
    keys = dict(references.values_list("pk", "key"))
    assert [keys[row["reference"]] for row in content["sources"]] == ["kngf-2021", "kngf-2017"]
    assert set(content["sources"][0]) == {"pk", "page", "reference"}
