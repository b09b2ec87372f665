"""Snippets and images of an example."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File

from cms.content.demo.files import BadFile, read_yaml
from cms.content.demo.prose import FindPage, to_html
from cms.content.models import CustomImage, LegalText


def load_snippets(path: Path, model: Any) -> list[str]:
    """Make the snippets that are not there yet; give their keys. Raises BadFile.

    A missing file has none.
    """
    made = []
    for said in read_yaml(path) if path.exists() else ():
        known = {field.name for field in model._meta.concrete_fields} - {"id"}
        if unknown := [name for name in said if name not in known]:
            raise BadFile(f"{path.name}: {said.get('key')}: no field {', '.join(unknown)} here")
        if not model.objects.filter(key=said["key"]).exists():
            _checked(model(**said), path, said["key"]).save()
            made.append(said["key"])
    return made


def load_legal(path: Path, find_page: FindPage) -> list[str]:
    """Make and publish the versions of legal texts that are not there yet. Raises BadFile."""
    made = []
    for said in read_yaml(path) if path.exists() else ():
        version = {name: said[name] for name in ("key", "locale", "version")}
        if LegalText.objects.filter(**version).exists():
            continue
        text = LegalText(**said | {"body": to_html(said["body"], find_page), "live": False})
        _checked(text, path, said["key"]).save()
        text.save_revision().publish()
        made.append(str(text))
    return made


def load_images(path: Path, folder: Path) -> list[str]:
    """Make the images that are not there yet, by title; give their titles."""
    made = []
    for said in read_yaml(path):
        fields = dict(said)
        name = fields.pop("file")
        if CustomImage.objects.filter(title=fields["title"]).exists():
            continue
        with (folder / name).open("rb") as opened:
            image = CustomImage(file=File(opened, name=name), **fields)
            image._set_image_file_metadata()
            _checked(image, path, fields["title"]).save()
        made.append(fields["title"])
    return made


def _checked(found: Any, path: Path, name: str) -> Any:
    try:
        found.full_clean()
    except ValidationError as error:
        raise BadFile(f"{path.name}: {name}: {error}") from error
    return found
