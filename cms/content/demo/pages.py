"""Pages from their files: first all as empty drafts, so that they can mention each other."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, ReferenceIndex, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.content.demo import prose, streams
from cms.content.demo.files import BadFile, PageFile
from cms.content.demo.streams import Finders
from cms.content.models import CustomImage, HomePage

# Rows that are one choice each are written as that choice.
ONLY_FIELD = {
    "item_conditions": "condition",
    "item_terms": "term",
    "featured": "target",
    "equipment": "product",
    "specialisms": "term",
    "sources": "reference",
    "glossary": "entry",
}


class Tree:
    """The pages of one language by their path below its home page.

    `original`: those of the language that this one is translated from.
    """

    def __init__(self, locale: Locale, original: "Tree | None" = None) -> None:
        self.locale = locale
        self.original = original
        self._ids: dict[str, int] = {}
        home = HomePage.objects.filter(locale=locale).first()
        for page in home.get_descendants(inclusive=True) if home else ():
            self._ids[page.url_path[len(home.url_path) :].strip("/")] = page.pk

    def id_of(self, path: str) -> int:
        """Raises BadFile."""
        if path not in self._ids:
            raise BadFile(f"no page at {path!r}")
        return self._ids[path]

    def linked(self, path: str) -> int | None:
        """The page at a path, or the translation of the original one at that path; None: that one
        is not there in this language. Raises BadFile."""
        if self.original is None or path in self:
            return self.id_of(path)
        original = Page.objects.filter(pk=self.original.id_of(path)).values("translation_key")
        found = Page.objects.filter(translation_key__in=original, locale=self.locale)
        return found.values_list("pk", flat=True).first()

    def __contains__(self, path: str) -> bool:
        return path in self._ids

    def add(self, file: PageFile) -> None:
        """An unpublished page with nothing that mentions another one."""
        page = file.model(
            slug=file.slug,
            locale=self.locale,
            translation_key=file.translation_key,
            live=False,
            **{name: value for name, value in file.said.items() if _is_plain(file.model, name)},
        )
        if file.path == "":
            parent = Page.objects.get(depth=1)
        else:
            parent = Page.objects.get(pk=self.id_of(file.parent))
        with disable_reference_index_auto_update():  # it mentions nothing yet
            self._ids[file.path] = parent.add_child(instance=page).pk


def load(files: Sequence[PageFile], tree: Tree) -> list[str]:
    """Make and publish the pages that are not there yet; give their paths.

    A page that is there stays as its editors left it. Raises BadFile.
    """
    new = [file for file in files if file.path not in tree]
    for file in new:
        tree.add(file)
    if new and tree.original is None:
        _let_site_begin_at(Page.objects.get(pk=tree.id_of("")))
    finders = Finders(page=tree.linked, page_in_text=tree.id_of, snippet=_snippet, image=_image)
    for file in new:
        _publish(file, tree, finders)
    return [file.path for file in new]


def _publish(file: PageFile, tree: Tree, finders: Finders) -> None:
    page = file.model.objects.get(pk=tree.id_of(file.path))
    # Every save of a page and its rows would bring the index of references up to date: once will do
    with disable_reference_index_auto_update():
        try:
            _fill(page, file, finders)
            page.save_revision().publish()
        except ValidationError as error:
            raise BadFile(f"{file.name}: {error}") from error
    ReferenceIndex.create_or_update_for_object(page)


def _let_site_begin_at(home: Page) -> None:
    """Point the default site at this page, and take Wagtail's welcome page away."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        return
    welcome = site.root_page
    site.root_page = home
    site.save()
    if welcome.specific_class is Page and not welcome.is_root() and welcome.is_leaf():
        welcome.delete()


def _fill(page: Any, file: PageFile, finders: Finders) -> None:
    for name, said in file.said.items():
        field = file.model._meta.get_field(name)
        place = f"{file.name}: {name}"
        if isinstance(field, StreamField):
            raw = streams.raw_stream(field.stream_block, said, finders, place)
            setattr(page, name, field.stream_block.clean(field.stream_block.to_python(raw)))
        elif isinstance(field, RichTextField):
            setattr(page, name, prose.to_html(said, finders.page_in_text))
        elif field.one_to_many:
            rows = [_row(field.related_model, name, each, finders) for each in said]
            setattr(page, name, [row for row in rows if row is not None])
        elif isinstance(field, models.ForeignKey):
            setattr(page, f"{name}_id", _find(field, said, finders))


def _row(model: Any, relation: str, said: Any, finders: Finders) -> Any | None:
    """None when the page that it is about is not there in this language."""
    fields = said if isinstance(said, dict) else {ONLY_FIELD[relation]: said}
    row = model()
    for name, value in fields.items():
        field = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            value = _find(field, value, finders)
            if value is None:
                return None
        setattr(row, field.attname, value)
    row.full_clean(exclude=["page"])
    return row


def _find(field: Any, said: str, finders: Finders) -> int | None:
    if issubclass(field.related_model, Page):
        return finders.page(said)
    if field.related_model is CustomImage:
        return finders.image(said)
    return finders.snippet(field.related_model, said)


def _is_plain(model: Any, name: str) -> bool:
    field = model._meta.get_field(name)
    return not field.is_relation and not isinstance(field, (StreamField, RichTextField))


def _snippet(model: Any, key: str) -> int:
    found = model.objects.filter(key=key).values_list("pk", flat=True).first()
    if found is None:
        raise BadFile(f"no {model.__name__.lower()} {key!r}")
    return int(found)


def _image(title: str) -> int:
    found = CustomImage.objects.filter(title=title).values_list("pk", flat=True).first()
    if found is None:
        raise BadFile(f"no image with the title {title!r}")
    return int(found)
