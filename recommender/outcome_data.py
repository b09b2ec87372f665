"""Reads an outcome back from the plain data of its `to_dict`, for tokens and replay."""

from collections.abc import Mapping
from types import MappingProxyType

from recommender.answers import read_number
from recommender.flags import COLOURS, NOT_SURE, SURE, URGENCIES, RaisedFlag
from recommender.items import PROFILES
from recommender.outcome import (
    Assessment,
    Onward,
    Outcome,
    Referral,
    Route,
    ShownScore,
    ShownSubscale,
)
from recommender.reading import DefinitionError, Problem, Reader, Texts
from recommender.selector import Selector, read_selector

CERTAINTIES = (SURE, NOT_SURE)


def read_outcome(data: object) -> Outcome:
    """Raises DefinitionError naming every field that is missing, wrong or unknown."""
    problems: list[Problem] = []
    reader = Reader(data, "", problems)
    kind = reader.choice("type", ("referral", "assessment"))
    outcome: Outcome = _referral(reader) if kind == "referral" else _assessment(reader)
    reader.close()
    if problems:
        raise DefinitionError(problems)
    return outcome


def _referral(reader: Reader) -> Referral:
    where = reader.part("where")
    route = Route(_texts(where, "text"), where.text("phone", optional=True, empty=True))
    where.close()
    return Referral(
        screening=reader.reference("screening"),
        definition=reader.reference("definition"),
        urgency=reader.choice("urgency", URGENCIES),
        certainty=reader.choice("certainty", CERTAINTIES),
        flags=_flags(reader),
        where=route,
        not_sure=_texts(reader, "not_sure"),
        safety_net=_texts(reader, "safety_net"),
    )


def _assessment(reader: Reader) -> Assessment:
    names = ("conditions", "signals", "factors", "constraints", "unknown_constraints", "ruled_out")
    sets = {name: frozenset(reader.keys(name)) for name in names}
    return Assessment(
        screening=reader.text("screening", empty=True),
        definition=reader.text("definition", empty=True),
        outcome=reader.key("outcome"),
        summary=_texts(reader, "summary"),
        profile=_profile(reader),
        flags=_flags(reader),
        safety_net=_texts(reader, "safety_net"),
        scores=_scores(reader),
        onward=_onward(reader.part("onward")) if reader.has("onward") else None,
        **sets,
    )


def _onward(part: Reader) -> Onward:
    onward = Onward(part.key("screening"), tuple(part.keys("carry")), _texts(part, "text"))
    part.close()
    return onward


def _scores(reader: Reader) -> tuple[ShownScore, ...]:
    found = []
    for at, value in reader.elements("scores"):
        part = Reader(value, at, reader.problems)
        found.append(
            ShownScore(
                key=part.key("key"),
                title=_texts(part, "title"),
                value=_value(part),
                band=part.text("band", empty=True),
                label=_texts(part, "label"),
                subscales=_subscales(part),
                answered=part.whole("answered", 0, 1000),
                of=part.whole("of", 0, 1000),
                attribution=_texts(part, "attribution"),
            )
        )
        part.close()
    return tuple(found)


def _subscales(reader: Reader) -> tuple[ShownSubscale, ...]:
    found = []
    for at, value in reader.elements("subscales"):
        part = Reader(value, at, reader.problems)
        found.append(ShownSubscale(part.key("key"), _texts(part, "title"), _value(part)))
        part.close()
    return tuple(found)


def _value(reader: Reader) -> int | float | None:
    value = reader.raw("value", "must be a number or null")
    number = read_number(value)
    if number is None and value is not None:
        reader.fault("must be a number or null", "value")
    return number


def _profile(reader: Reader) -> int | None:
    if reader.raw("profile", "must be 1, 2, 3 or null") is None:
        return None
    return reader.whole("profile", PROFILES[0], PROFILES[-1])


def _texts(reader: Reader, name: str) -> Texts:
    """Read texts in whichever locales they are; a default assessment has none."""
    part = reader.part(name)
    return MappingProxyType({locale: part.text(locale) for locale in part.names()})


def _flags(reader: Reader) -> tuple[RaisedFlag, ...]:
    found = []
    for at, value in reader.elements("flags"):
        part = Reader(value, at, reader.problems)
        found.append(
            RaisedFlag(
                key=part.key("key"),
                colour=part.choice("colour", COLOURS),
                urgency=part.choice("urgency", URGENCIES),
                certainty=part.choice("certainty", CERTAINTIES),
                title=_texts(part, "title"),
                action=_texts(part, "action"),
                phone=part.text("phone", optional=True, empty=True),
                suppresses=_suppresses(part),
            )
        )
        part.close()
    return tuple(found)


def _suppresses(reader: Reader) -> tuple[Selector, ...]:
    selectors = []
    for at, value in reader.elements("suppresses"):
        # The fields that a selector leaves open are written as empty; they were not given.
        given = (
            {name: part for name, part in value.items() if part not in ("", [], None)}
            if isinstance(value, Mapping)
            else value
        )
        selector = read_selector(Reader(given, at, reader.problems))
        if selector:
            selectors.append(selector)
    return tuple(selectors)
