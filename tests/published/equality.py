"""What "equal" means: equal to a fresh rendering of every registered object.

The rendering is made from the objects alone, without reading Publication.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from cms.published import registry, stops
from cms.published.models import Publication
from cms.published.numbering import canonical, columns_of
from cms.published.view import Row, row_of

Live = dict[str, dict[str, Any]]


def fresh() -> Live:
    """Every key that should be live now, with the columns it should have."""
    live: Live = {}
    for kind in registry.kinds():
        for id_ in kind.ids():
            key = f"{kind.prefix}:{id_}"
            found = kind.load(id_)
            rendering = None if found is None or stops.active(key) else kind.render(found)
            if rendering is not None:
                live[key] = columns_of(rendering)
    return live


def table() -> Live:
    return live_columns(row_of(publication) for publication in Publication.objects.all())


def live_columns(rows: Iterable[Row]) -> Live:
    """The same for what a reader holds; whatever is not live must hold nothing."""
    live: Live = {}
    for row in rows:
        columns = {name: getattr(row, name) for name in VIEWS | PLAIN}
        if row.state == "live":
            live[row.key] = columns | {name: _canonical(columns[name]) for name in ("item", "text")}
        else:
            assert [columns[name] for name in VIEWS] == [None] * len(VIEWS), row.key
    return live


VIEWS = {"link", "card", "body", "item", "text"}
PLAIN = {"state", "kind", "locale", "translation_key", "path", "valid_from", "valid_until"}


def _canonical(view: Mapping[str, Any] | None) -> bytes | None:
    return canonical(None if view is None else dict(view))


def differences(expected: Live, found: Live) -> list[str]:
    """In words, for the message of a failing test."""
    said = [f"{key} should be live" for key in expected.keys() - found.keys()]
    said += [f"{key} should not be live" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        said += [
            f"{key}.{name}: {found[key][name]!r}, expected {value!r}"
            for name, value in expected[key].items()
            if found[key][name] != value
        ]
    return sorted(said)
