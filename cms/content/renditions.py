"""Renditions are made when an image is uploaded, in fixed widths and formats, and never later.

A page names only renditions that exist, so reading a page never makes one.
"""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from django.core.files import File
from wagtail.images.models import Filter

WIDTHS = (320, 640, 1280)
FORMATS = ("webp", "jpeg")  # the order in which a browser should try them


def specs(width: int) -> list[str]:
    """The filters for an image of this width in pixels; nothing is made larger than it was."""
    widths = [each for each in WIDTHS if each < width] + [min(width, WIDTHS[-1])]
    return [f"width-{each}|format-{form}" for each in dict.fromkeys(widths) for form in FORMATS]


def make(image: Any) -> None:
    """Make an image's renditions, in the transaction that stored its file.

    Not Wagtail's `get_renditions`: it fills a cache that a rollback does not empty, and leaves its
    temporary files open.
    """
    model = image.renditions.model
    with image.open_file() as opened:
        original = opened.read()

    def drawn(wanted: Filter) -> File:
        source = File(BytesIO(original), name=image.file.name)
        return image.generate_rendition_file(wanted, source=source)

    filters = [Filter(spec=spec) for spec in specs(image.width)]
    # Pillow lets go of the interpreter's lock while it scales and encodes.
    with ThreadPoolExecutor(max_workers=2) as pool:
        for wanted, made in zip(filters, pool.map(drawn, filters), strict=True):
            with made as file:
                focus = wanted.get_cache_key(image)
                model.objects.create(
                    image=image, filter_spec=wanted.spec, focal_point_key=focus, file=file
                )
