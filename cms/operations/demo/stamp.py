"""Whether the example on disk was made by exactly this code, these packages and this content."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

# What the database, the static files and the rendered views of the example are made from.
MADE_FROM = ("api", "cms", "examples/lage-rugpijn", "recommender", "search", "requirements.txt")
NOT_FROM = {"__pycache__"}


def fingerprint(repository: Path) -> str:
    """sha256 over the names and bytes of everything that the example is made from."""
    digest = hashlib.sha256()
    for path in sorted(_files(repository)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(repository)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(repository: Path) -> Iterator[Path]:
    for name in MADE_FROM:
        root = repository / name
        for path in [root] if root.is_file() else root.rglob("*"):
            if path.is_file() and not NOT_FROM & set(path.parts):
                yield path


def matches(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted
