"""The pictures of the example: each listed one has its drawing, and both stay small and plain."""

import re
from pathlib import Path

import pytest
import yaml
from PIL import Image

EXAMPLE = Path(__file__).parents[2] / "examples" / "lage-rugpijn"
FOLDER = EXAMPLE / "images"
LISTED = yaml.safe_load((EXAMPLE / "content" / "images.yaml").read_text("utf-8"))
NAMES = sorted(Path(each["file"]).stem for each in LISTED)


def test_what_is_listed_is_what_is_drawn() -> None:
    assert sorted(each.stem for each in (FOLDER / "src").glob("*.svg")) == NAMES
    assert sorted(each.stem for each in FOLDER.glob("*.png")) == NAMES


def test_no_two_pictures_share_a_title_or_an_alt_text() -> None:
    for field in ("title", "alt", "alt_en"):
        said = [each[field] for each in LISTED]
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_small_and_of_the_shared_size(name: str) -> None:
    png = FOLDER / f"{name}.png"
    assert png.stat().st_size < 40_000
    with Image.open(png) as opened:
        assert opened.size == (960, 600)
    assert (FOLDER / "src" / f"{name}.svg").stat().st_size < 8_000


@pytest.mark.parametrize("entry", LISTED, ids=[each["file"] for each in LISTED])
def test_an_alt_text_is_one_sentence_about_what_is_seen(entry: dict[str, str]) -> None:
    assert not re.search(r"afbeelding van|[.!?] |\.$", entry["alt"], re.IGNORECASE)
    assert 30 <= len(entry["alt"]) <= 150
    drawing = (FOLDER / "src" / entry["file"]).with_suffix(".svg").read_text("utf-8")
    assert f"<title>{entry['title']}</title>" in drawing


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_holds_shapes_only(name: str) -> None:
    drawing = (FOLDER / "src" / f"{name}.svg").read_text("utf-8")
    assert set(re.findall(r"<([a-zA-Z]+)", drawing)) <= {
        "svg",
        "title",
        "g",
        "rect",
        "circle",
        "ellipse",
        "path",
        "polygon",
        "polyline",
    }
    assert not re.search(r"href|\bon[a-z]+=|url\(", drawing)
