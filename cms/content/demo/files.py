"""The files of an example, read and checked for what can be checked without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from cms.content.models import (
    ArticlePage,
    ConditionPage,
    CoursePage,
    ExerciseProgramme,
    HomePage,
    IndexPage,
    ProductPage,
    ProviderPage,
    ServicePage,
    SymptomPage,
)

TYPES: Mapping[str, Any] = {
    "home": HomePage,
    "index": IndexPage,
    "condition": ConditionPage,
    "symptom": SymptomPage,
    "article": ArticlePage,
    "exercise_programme": ExerciseProgramme,
    "product": ProductPage,
    "service": ServicePage,
    "course": CoursePage,
    "provider": ProviderPage,
}


class BadFile(ValueError):
    """A file of the example says something that cannot be loaded; names file and field."""


@dataclass(frozen=True)
class PageFile:
    """A page as its file says it. `path` is below the home page, "" for the home page itself."""

    name: str
    model: Any
    path: str
    translation_key: str
    said: dict[str, Any]
    locale: str = "nl"

    @property
    def slug(self) -> str:
        return self.path.rpartition("/")[2] or f"home-{self.locale}"

    @property
    def parent(self) -> str:
        return self.path.rpartition("/")[0]


def read_yaml(path: Path) -> Any:
    """Raises BadFile. YAML 1.2: `no` is a word, and a key stands once."""
    try:
        return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise BadFile(f"{path.name}: {error}") from error


def read_pages(folder: Path) -> list[PageFile]:
    """Parents before children. Raises BadFile."""
    pages = [_page(path) for path in sorted(folder.glob("*.yaml"))]
    if not any(page.path == "" for page in pages):
        raise BadFile(f"{folder.name}: no page of the type home with path ''")
    return parents_first(pages)


def parents_first(pages: Iterable[PageFile]) -> list[PageFile]:
    return sorted(pages, key=lambda page: (page.path != "", page.path.count("/"), page.path))


def _page(path: Path) -> PageFile:
    said = read_yaml(path)
    missing = [name for name in ("type", "path", "translation_key", "title") if name not in said]
    if missing:
        raise BadFile(f"{path.name}: {', '.join(missing)} missing")
    model = TYPES.get(said.pop("type"))
    if model is None:
        raise BadFile(f"{path.name}: type must be one of {', '.join(TYPES)}")
    page = PageFile(path.name, model, said.pop("path"), str(said.pop("translation_key")), said)
    refuse_unknown(model, page.said, path.name)
    return page


def refuse_unknown(model: Any, names: Iterable[str], place: str) -> None:
    """Raises BadFile for names that are no fields of this model."""
    known = {field.name for field in model._meta.get_fields()}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise BadFile(f"{place}: a {model._meta.verbose_name} has no {', '.join(unknown)}")
