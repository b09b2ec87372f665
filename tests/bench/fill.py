"""Many pages in a moment: one article the editor's way, the others copies of its two rows.

The editor's way takes ten minutes for 10,000, and nothing of it is what scale.py measures.
"""

from uuid import uuid4

from django.db import connection, transaction
from wagtail.models import Page

from cms.content.models import ArticlePage, HomePage, IndexPage
from cms.published.touches import touch_all

PARAGRAPH = "<p>" + "Blijven bewegen helpt je rug om te herstellen. " * 20 + "</p>"
COLUMNS = [column.attname for column in Page._meta.fields]


@transaction.atomic
def fill(size: int) -> None:
    """Make `size` live articles in one folder and touch them; nothing is rendered yet."""
    home = HomePage.objects.get(locale__language_code="nl")
    folder = home.add_child(instance=IndexPage(title="Veel", slug="veel", lead="Veel."))
    first = folder.add_child(
        instance=ArticlePage(
            title="Artikel 1",
            slug="artikel-1",
            lead="Een artikel.",
            body="<h3>Kop</h3>" + PARAGRAPH * 10,
        )
    )
    base = Page.objects.get(pk=first.pk)
    Page.objects.bulk_create(
        [copy(base, folder, number) for number in range(2, size + 1)], batch_size=500
    )
    made = folder.get_children().exclude(pk=first.pk).values_list("pk", flat=True)
    copy_articles(first.pk, list(made))
    touch_all([f"page:{pk}" for pk in made], bulk=True)


def copy(base: Page, folder: IndexPage, number: int) -> Page:
    made = Page(**{name: getattr(base, name) for name in COLUMNS})
    made.pk, made.translation_key, made.slug = None, uuid4(), f"artikel-{number}"
    made.title = made.draft_title = f"Artikel {number}"
    made.path = Page._get_path(folder.path, folder.depth + 1, number)
    made.url_path = f"{folder.url_path}{made.slug}/"
    return made


def copy_articles(source: int, targets: list[int]) -> None:
    """The columns that only articles have. The ORM makes no child rows in bulk."""
    fields = [field for field in ArticlePage._meta.local_concrete_fields if not field.primary_key]
    own = ", ".join(field.column for field in fields)
    table = ArticlePage._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (page_ptr_id, {own})"  # noqa: S608 - only names of columns
            f" SELECT %s, {own} FROM {table} WHERE page_ptr_id = %s",
            [(target, source) for target in targets],
        )
