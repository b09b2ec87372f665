"""For 0004: free rows of sources become references, and the kind of a name becomes two facts.

Rows are in tables and in the revisions of pages: an editor goes on from the revision.
With rows in place the database refuses the way back, because a source then needs a title.
"""

from datetime import date
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.text import slugify

PAGES = {"articlepage": "ArticleSource", "conditionpage": "ConditionSource"}
# The old list had one kind for both. What it did not say (who says a synonym or a related name)
# becomes what the form offers first.
NAMES = {
    "synonym": ("lay", "same"),
    "lay": ("lay", "same"),
    "medical": ("medical", "same"),
    "related": ("lay", "related"),
}
SOURCE = ("title", "publisher", "year", "url", "accessed")


def names_and_sources(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    library = Library(apps.get_model("content", "Reference"))
    for name in apps.get_model("content", "ConditionName").objects.all():
        name.register, name.relation = NAMES[name.kind]
        name.save()
    for model in PAGES.values():
        for row in apps.get_model("content", model).objects.all():
            row.reference_id = library.id_of({name: getattr(row, name) for name in SOURCE})
            row.save()
    for revision in _revisions(apps):
        _rewrite(revision.content, library)
        revision.save()
    if editor.connection.vendor == "postgresql":
        # A table with checks still to be made cannot be altered in the same transaction.
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Library:
    """The references made so far: one for each title, publisher, year and address."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.ids: dict[tuple[Any, ...], int] = {}

    def id_of(self, said: dict[str, Any]) -> int:
        told = said["title"], said["publisher"] or "", said["year"], said["url"] or ""
        if told not in self.ids:
            title, publisher, year, url = told
            made = self.model.objects.create(
                key=self._key(publisher or title, year),
                title=title,
                publisher=publisher,
                year=year,
                url=url,
                accessed=_day(said["accessed"]),
                kind="website" if url else "book",
            )
            self.ids[told] = made.pk
        return self.ids[told]

    def _key(self, name: str, year: int | None) -> str:
        base = slugify(f"{name[:60]} {year or ''}") or "bron"
        key, number = base, 1
        while self.model.objects.filter(key=key).exists():
            number += 1
            key = f"{base}-{number}"
        return key


def _revisions(apps: Apps) -> Any:
    types = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="content", model__in=PAGES
    )
    revisions = apps.get_model("wagtailcore", "Revision").objects
    return revisions.filter(content_type_id__in=list(types.values_list("pk", flat=True))).iterator()


def _rewrite(content: dict[str, Any], library: Library) -> None:
    for row in content.get("names") or ():
        if "kind" in row:
            row["register"], row["relation"] = NAMES[row.pop("kind")]
    for row in content.get("sources") or ():
        if "title" in row:
            row["reference"] = library.id_of({name: row.pop(name, None) for name in SOURCE})


def _day(said: Any) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) else said
