"""What the documentation names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TESTS = set(
    re.findall(
        r"def (test_\w+)", "\n".join(file.read_text() for file in (ROOT / "tests").rglob("*.py"))
    )
)


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text())
    local = [link for link in links if not link.startswith(("http", "mailto:"))]

    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_test_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"`(test_\w+)(…?)`", page.read_text())

    missing = [
        stem
        for stem, more in named
        if not (any(test.startswith(stem) for test in TESTS) if more else stem in TESTS)
    ]
    assert missing == []


@pytest.mark.parametrize("number", range(1, 21))
def test_each_rule_of_the_publications_has_a_test_named_after_it(number: int) -> None:
    assert any(re.match(rf"test_rules?_(?:\d\d_and_)?{number:02d}(?:_|$)", test) for test in TESTS)
