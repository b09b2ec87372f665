"""Terms and images of an example."""

from pathlib import Path
from typing import Any

from django.core.files import File

from cms.content.demo.files import read_yaml
from cms.content.models import CustomImage, Term


def load_terms(path: Path) -> list[str]:
    """Make the terms that are not there yet; give their keys."""
    made = []
    for said in read_yaml(path):
        if not Term.objects.filter(key=said["key"]).exists():
            _checked(Term(**said)).save()
            made.append(said["key"])
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
            _checked(image).save()
        made.append(fields["title"])
    return made


def _checked(found: Any) -> Any:
    found.full_clean()
    return found
