"""Make the PNG of every drawing in src/ again; needed only after a drawing has changed.

    TEST_CHROMIUM=/usr/bin/chromium python examples/lage-rugpijn/images/to_png.py [name ...]

Without names: those whose drawing is newer than its PNG, or that have none yet.
"""

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize, sync_playwright

FOLDER = Path(__file__).parent
SIZE: ViewportSize = {"width": 960, "height": 600}
COLOURS = 64  # flat colours with soft edges: more makes the file larger, not the picture better


def wanted(names: list[str]) -> list[Path]:
    """The drawings asked for by name; an unknown name stops the script and says which exist."""
    drawings = {each.stem: each for each in sorted((FOLDER / "src").glob("*.svg"))}
    unknown = [name for name in names if name not in drawings]
    if unknown:
        sys.exit(f"No drawing in src/ for {', '.join(unknown)}; there are: {', '.join(drawings)}")
    if names:
        return [drawings[name] for name in names]
    return [each for each in drawings.values() if is_older(target(each), each)]


def target(drawing: Path) -> Path:
    return FOLDER / f"{drawing.stem}.png"


def is_older(png: Path, drawing: Path) -> bool:
    return not png.exists() or png.stat().st_mtime < drawing.stat().st_mtime


def write(screenshot: bytes, path: Path) -> None:
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    palette = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette.save(path, optimize=True)


def main(names: list[str]) -> None:
    drawings = wanted(names)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("TEST_CHROMIUM"))
        page = browser.new_page(viewport=SIZE)
        for drawing in drawings:
            svg = drawing.read_text("utf-8")
            page.set_content(
                f"<style>html,body{{margin:0;height:100%}}svg{{display:block;width:100%;height:100%}}</style>{svg}"
            )
            write(page.screenshot(), target(drawing))
        browser.close()
    print(f"{len(drawings)} made")


if __name__ == "__main__":
    main(sys.argv[1:])
