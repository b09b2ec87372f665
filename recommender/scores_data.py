"""Reads scores from plain data; `score_reach` proves their bands."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from recommender.criteria import Subject
from recommender.criteria_data import Domain
from recommender.facts_data import RESERVED, Domains
from recommender.intervals import Interval, read_interval
from recommender.questions import Question
from recommender.reading import Reader
from recommender.score_items_data import read_amount, read_items
from recommender.score_reach import band_faults
from recommender.scores import (
    COMBINE,
    MISSING,
    Licence,
    Missing,
    Score,
    ScoreBand,
    Subscale,
)


def read_scores(
    reader: Reader, locales: tuple[str, ...], questions: Sequence[Question], domains: Domains
) -> tuple[Score, ...]:
    """Read the scores, and add their numbers and bands to what may be read."""
    asked = {question.key: question for question in questions if question.key}
    scores: list[Score] = []
    for index, (at, value) in enumerate(reader.elements("scores")):
        part = Reader(value, at, reader.problems)
        before = len(reader.problems)
        score = _read_score(part, locales, asked)
        part.close()
        _note_names(reader, index, score, domains)
        if score.bands:
            domains.setdefault(Subject("fact", score.key), _bands_domain(score))
        if len(reader.problems) == before:
            reader.problems.extend(band_faults(score, asked, at))
            scores.append(score)
    return tuple(scores)


def _bands_domain(score: Score) -> Domain:
    return Domain("key", frozenset(band.key for band in score.bands))


def _note_names(reader: Reader, index: int, score: Score, domains: Domains) -> None:
    """Score and subscales share the names of facts and flags."""
    named: list[tuple[str, tuple[str, ...]]] = [(score.key, ("key",))]
    named += [(part.key, ("subscales", str(i), "key")) for i, part in enumerate(score.subscales)]
    for name, path in named:
        subject = Subject("score", name)
        if name in RESERVED:
            reader.fault(RESERVED[name], "scores", index, *path, code="name_taken")
        elif name and subject in domains:
            message = f"another score or subscale is called {name} too"
            reader.fault(message, "scores", index, *path, code="name_taken")
        if name:
            domains.setdefault(subject, Domain("number"))


def _read_score(
    reader: Reader, locales: tuple[str, ...], questions: Mapping[str, Question]
) -> Score:
    items = read_items(reader, questions)
    keys = [item.question for item in items]
    subscales = _read_subscales(reader, locales, keys)
    combine = reader.choice("combine", COMBINE)
    missing = _read_missing(reader.part("missing"), len(items), combine)
    return Score(
        key=reader.key("key"),
        title=reader.texts("title", locales),
        items=items,
        subscales=subscales,
        combine=combine,
        cap=read_amount(reader, "cap") if reader.has("cap") else None,
        missing=missing,
        bands=_read_bands(reader, locales, subscales, one_axis=_one_axis(missing, combine)),
        licence=_read_licence(reader.part("licence"), locales),
        citation=reader.text("citation"),
        note=reader.text("note", optional=True),
    )


def _one_axis(missing: Missing, combine: str) -> bool:
    """Prorated scores and means have fractions in between, so their bands are over the total."""
    return missing.policy == "prorate" or combine == "mean"


def _read_subscales(
    reader: Reader, locales: tuple[str, ...], items: Sequence[str]
) -> tuple[Subscale, ...]:
    found = []
    for at, value in reader.elements("subscales"):
        part = Reader(value, at, reader.problems)
        of = part.keys("of", least=1, of=items)
        found.append(Subscale(part.key("key"), part.texts("title", locales), tuple(of)))
        part.close()
    return tuple(found)


def _read_missing(reader: Reader, items: int, combine: str) -> Missing:
    policy = reader.choice("policy", MISSING)
    least, points = 0, Fraction(0)
    if policy == "prorate":
        least = reader.whole("least", 1, max(items, 1))
        if combine in ("max", "min"):
            reader.fault(f"a {combine} cannot be prorated: choose no_score or treat_as", "policy")
    if policy == "treat_as":
        points = read_amount(reader, "points")
    reader.close()
    return Missing(policy, least, points)


def _read_bands(
    reader: Reader, locales: tuple[str, ...], subscales: Sequence[Subscale], *, one_axis: bool
) -> tuple[ScoreBand, ...]:
    bands: list[ScoreBand] = []
    for at, value in reader.elements("bands"):
        part = Reader(value, at, reader.problems)
        band = _read_band(part, locales, [subscale.key for subscale in subscales])
        part.close()
        if band.key and band.key in [other.key for other in bands]:
            part.fault(f"{band.key} stands here twice", "key", code="twice")
        if one_axis and band.subscales:
            message = "must go: a mean or a prorated score has bands over its total alone"
            part.fault(message, "subscales")
        bands.append(band)
    return tuple(bands)


def _read_band(reader: Reader, locales: tuple[str, ...], subscales: Sequence[str]) -> ScoreBand:
    total = _limits(reader.part("total")) if reader.has("total") else None
    found: dict[str, Interval] = {}
    for name, at, value in reader.pairs("subscales"):
        limits = _limits(Reader(value, at, reader.problems))
        if name not in subscales:
            reader.fault(f"is no subscale of this score; {name}", "subscales", name)
        elif limits:
            found[name] = limits
    if not reader.has("total") and not reader.has("subscales"):
        reader.fault("needs total or subscales, or both")
    return ScoreBand(
        reader.key("key"), reader.texts("label", locales), total, MappingProxyType(found)
    )


def _limits(part: Reader) -> Interval | None:
    interval = read_interval(part)
    part.close()
    return interval


def _read_licence(reader: Reader, locales: tuple[str, ...]) -> Licence:
    licence = Licence(
        holder=reader.text("holder"),
        terms=reader.text("terms"),
        attribution=reader.texts("attribution", locales),
        commercial=reader.boolean("commercial"),
        products=reader.boolean("products"),
        changes=reader.boolean("changes"),
    )
    reader.close()
    return licence
