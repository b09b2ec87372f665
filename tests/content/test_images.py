"""Renditions are made when an image is uploaded, and only those that exist are named."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from cms.content.models import ArticlePage, ConditionPage, CustomImage
from cms.content.renderers.image import image as render
from cms.content.renditions import specs
from cms.published import references
from tests.content import builders
from tests.content.builders import Tree


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (1600, [320, 640, 1280]),
        (1280, [320, 640, 1280]),
        (700, [320, 640, 700]),
        (320, [320]),
        (90, [90]),
    ],
)
def test_widths_are_fixed_and_nothing_is_made_larger(width: int, expected: list[int]) -> None:
    assert specs(width) == [
        f"width-{each}|format-{form}" for each in expected for form in ("webp", "jpeg")
    ]


def sources(image: Any) -> list[str]:
    rendering = render(image)
    assert rendering is not None
    assert rendering.card is not None
    return [each["src"]["$media"] for each in rendering.card["renditions"]]


def test_an_upload_has_its_renditions_as_files(tree: Tree) -> None:
    image = builders.image(file=builders.picture(700, 400))
    rendering = render(image)
    assert rendering is not None
    card = rendering.card or {}
    assert [(each["width"], each["type"]) for each in card["renditions"]] == [
        (320, "image/webp"),
        (320, "image/jpeg"),
        (640, "image/webp"),
        (640, "image/jpeg"),
        (700, "image/webp"),
        (700, "image/jpeg"),
    ]
    for each in card["renditions"]:
        assert each["height"] / each["width"] == pytest.approx(400 / 700, abs=0.005)
    storage = image.file.storage
    assert all(storage.exists(name) for name in sources(image))
    assert {card[name] for name in ("credit", "licence")} == {"Wij", "own"}


@pytest.mark.parametrize(
    ("alt_en", "shown"),
    [("A plane", {"nl": "Een vlak", "en": "A plane"}), ("", {"nl": "Een vlak"})],
)
def test_the_alternative_text_is_said_in_the_language_of_the_page_that_shows_it(
    tree: Tree, alt_en: str, shown: dict[str, str]
) -> None:
    rendering = render(builders.image(alt_en=alt_en))
    assert rendering is not None
    assert (rendering.link or {})["alt"] == (rendering.card or {})["alt"] == references.said(shown)


def test_an_english_page_shows_no_image_without_an_english_alternative_text(tree: Tree) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    image = builders.image("Vlak")
    page = ArticlePage(title="Moving", lead="Move.", locale=english, image=image)
    message = "The image “Vlak” has no alternative text in this language."
    assert [(field, str(said)) for field, said in page.problems() if field == "image"] == [
        ("image", message)
    ]
    image.alt_en = "A plane"
    assert [field for field, _said in page.problems() if field == "image"] == []
    image.alt_en = ""
    page.half_written = True
    assert [field for field, _said in page.problems() if field == "image"] == []


def test_an_image_in_a_section_is_looked_at_too(tree: Tree) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    section = {"heading": "What", "aspect": "types", "image": builders.image("Vlak"), "body": ""}
    page = ConditionPage(title="Back", lead="Back.", locale=english)
    block = page.sections.stream_block.child_blocks["description"]
    page.sections.append(("description", block.normalize(section)))
    found = [said for field, said in page._unsaid_images() if field == "sections"]
    assert [str(said) for said in found] == [
        "The image “Vlak” has no alternative text in this language."
    ]


def test_a_preview_made_by_the_admin_is_not_shown(tree: Tree) -> None:
    image = builders.image()
    before = sources(image)
    image.renditions.create(filter_spec="max-165x165", file=builders.picture(165, 94))
    assert sources(CustomImage.objects.get(pk=image.pk)) == before


def test_an_image_without_renditions_is_not_live(tree: Tree) -> None:
    image = builders.image()
    image.renditions.all().delete()
    assert render(image) is None


def test_saving_other_fields_makes_no_renditions_again(tree: Tree) -> None:
    image = builders.image()
    before = set(image.renditions.values_list("pk", flat=True))
    image.alt = "Anders"
    image.save()
    assert set(image.renditions.values_list("pk", flat=True)) == before


def test_alt_text_credit_and_licence_are_asked_for(tree: Tree) -> None:
    bare = CustomImage(title="Foto", file=builders.picture())
    bare._set_image_file_metadata()
    with pytest.raises(ValidationError) as raised:
        bare.full_clean()
    bare.file.close()
    assert sorted(raised.value.message_dict) == ["alt", "credit", "licence"]


def test_a_new_file_in_the_admin_gets_renditions_of_its_own(tree: Tree, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    image = builders.image(file=builders.picture(700, 400))
    answer = client.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {
            "title": "Foto",
            "alt": "Een vlak",
            "credit": "Wij",
            "licence": "own",
            "collection": image.collection_id,
            "tags": "",
            "file": builders.picture(400, 300, "JPEG"),
        },
    )
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    changed = CustomImage.objects.get(pk=image.pk)
    assert sorted(set(changed.renditions.values_list("width", flat=True))) == [320, 400]
    assert all(changed.file.storage.exists(name) for name in sources(changed))


def test_the_focal_point_is_a_fraction_of_the_image(tree: Tree) -> None:
    image = builders.image(
        file=builders.picture(700, 400),
        focal_point_x=350,
        focal_point_y=100,
        focal_point_width=10,
        focal_point_height=10,
    )
    rendering = render(image)
    assert rendering is not None
    assert (rendering.card or {})["focal_point"] == {"x": 0.5, "y": 0.25}
