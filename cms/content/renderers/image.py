from cms.content.models import CustomImage
from cms.content.renditions import specs
from cms.content.texts import DEFAULT
from cms.published import references
from cms.published.references import Node
from cms.published.registry import Rendering


def image(found: CustomImage) -> Rendering | None:
    """Alt text, credit and the renditions that exist. Not live without any.

    The end of its licence is the end of its publication: readers let go of it by the clock.
    """
    made = renditions(found)
    if not made:
        return None
    view: Node = {
        "title": found.title,
        "alt": references.said({DEFAULT: found.alt, "en": found.alt_en}),
        "credit": found.credit,
        "licence": found.licence,
        "width": found.width,
        "height": found.height,
        "focal_point": focal_point(found),
        "renditions": made,
    }
    return Rendering(kind="image", valid_until=found.shown_until, link=view, card=view)


def renditions(found: CustomImage) -> list[Node]:
    """The smallest first, of each size the format that a browser should try first.

    Wagtail's admin makes renditions of its own (previews); they are not ours to show.
    """
    ours = {spec: place for place, spec in enumerate(specs(found.width))}
    rows = [row for row in found.renditions.all() if row.filter_spec in ours]
    return [
        {
            "src": references.media(row.file.name),
            "width": row.width,
            "height": row.height,
            "type": f"image/{row.filter_spec.rpartition('-')[2]}",
        }
        for row in sorted(rows, key=lambda row: ours[row.filter_spec])
    ]


def focal_point(found: CustomImage) -> Node | None:
    """The middle of what matters, as fractions of width and height."""
    if found.focal_point_x is None or found.focal_point_y is None:
        return None
    return {
        "x": round(found.focal_point_x / found.width, 4),
        "y": round(found.focal_point_y / found.height, 4),
    }
