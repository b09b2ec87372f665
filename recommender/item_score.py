"""The score of an item: whole points, whose contributions add up to it exactly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from recommender.explain import SENTENCES, Contribution, because_of
from recommender.items import PROFILES, Item
from recommender.outcome import Assessment
from recommender.rules import HOLD_BACK, Rule

# What each match is worth. A rule can add up to 300, so an editor can lift one step over another,
# but the prior, which visitors' clicks make, stays below a tenth of what is clinical.
WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        "conditions": 400,
        "general": 200,
        "profiles": 200,
        "phases": 100,
        "factors": 150,
        "guideline_stance": 100,
        "editor_weight": 10,
    }
)
MOST_PRIOR = 40
# A food supplement may not be presented as good for a complaint (Directive 2002/46/EC, article
# 6(2)): nothing about the visitor's health is a reason to advise one, neither in its own fields nor
# by a rule. An editor can only keep one back: hide it or bury it.
NOT_FOR_HEALTH = ("supplements",)
PHASE_OF: Mapping[int, str] = MappingProxyType({1: "acute", 2: "subacute", 3: "persistent"})


@dataclass(frozen=True)
class Sayable:
    """Every contribution that an item can have in one language, and the rules that may touch it.

    It depends on the item and the rules alone, so it is made once for a snapshot; what is said to
    somebody is chosen from it. `hidden_by` and the keys of `rules` are names of rules.
    """

    conditions: Mapping[str, Contribution]
    profiles: Mapping[int, tuple[Contribution, ...]]  # with the phase that goes with a profile
    factors: Mapping[str, Contribution]
    always: tuple[Contribution, ...]
    rules: Mapping[str, Contribution]
    hidden_by: frozenset[str]


def contributions(
    sayable: Sayable, outcome: Assessment, fired: Sequence[Rule]
) -> tuple[Contribution, ...]:
    """Return every contribution to the item's score; there is always at least one."""
    # Asked of every item that is safe, most of which have only some of these.
    parts: list[Contribution] = []
    if sayable.conditions:
        parts += [sayable.conditions[k] for k in _both(sayable.conditions, outcome.conditions)[:1]]
    if outcome.profile is not None:
        parts += sayable.profiles[outcome.profile]
    if sayable.factors:
        parts += [sayable.factors[key] for key in _both(sayable.factors, outcome.factors)]
    parts += sayable.always
    if sayable.rules:
        parts += [sayable.rules[rule.name] for rule in fired if rule.name in sayable.rules]
    return tuple(parts)


def _both(known: Mapping[str, Contribution], found: frozenset[str]) -> list[str]:
    return sorted(found.intersection(known))


def score(parts: Sequence[Contribution]) -> int:
    return sum([part.points for part in parts])


def sayable(item: Item, locale: str, rules: Sequence[Rule], prior: int) -> Sayable:
    """Return what can be said of an item in a language; `rules` are all of a snapshot."""
    for_health = item.slot not in NOT_FOR_HEALTH
    return Sayable(
        conditions=_each("conditions", item.conditions if for_health else (), locale),
        profiles={
            profile: tuple(_profile(item, profile, locale)) if for_health else ()
            for profile in PROFILES
        },
        factors=_each("factors", item.factors if for_health else (), locale),
        always=(
            *_always(item, locale),
            *([because_of("prior", prior, locale)] if prior else ()),
        ),
        rules={
            rule.name: _rule(rule, item, locale)
            for rule in rules
            if rule.effect != "hide" and locale in rule.because and speaks_of(rule, item)
        },
        hidden_by=frozenset(
            rule.name for rule in rules if rule.effect == "hide" and rule.fits(item)
        ),
    )


def speaks_of(rule: Rule, item: Item) -> bool:
    """Say whether a rule may move this item: no rule lifts what is not for health."""
    return rule.fits(item) and (item.slot not in NOT_FOR_HEALTH or rule.effect in HOLD_BACK)


def _each(field: str, terms: Iterable[str], locale: str) -> Mapping[str, Contribution]:
    return {term: because_of(f"field:{field}", WEIGHTS[field], locale, term) for term in terms}


def _profile(item: Item, profile: int, locale: str) -> Iterator[Contribution]:
    if profile in item.profiles:
        yield because_of("field:profiles", WEIGHTS["profiles"], locale, str(profile))
    phase = PHASE_OF[profile]
    if phase in item.phases:
        yield because_of("field:phases", WEIGHTS["phases"], locale, phase)


def _always(item: Item, locale: str) -> Iterator[Contribution]:
    if item.slot in NOT_FOR_HEALTH:
        sentence = SENTENCES["not_for_health"][locale]
        yield Contribution("field:general", "", WEIGHTS["general"], sentence)
    else:
        if item.guideline_stance == "supports":
            yield because_of("field:guideline_stance", WEIGHTS["guideline_stance"], locale)
        if not item.conditions:
            yield because_of("field:general", WEIGHTS["general"], locale)
    if item.editor_weight:
        points = item.editor_weight * WEIGHTS["editor_weight"]
        yield because_of("field:editor_weight", points, locale)


def _rule(rule: Rule, item: Item, locale: str) -> Contribution:
    if item.slot in NOT_FOR_HEALTH:
        # The author's sentence and source are about health: beside this item they may not stand.
        said = SENTENCES["held_back"][locale]
        return Contribution(f"rule:{rule.name}", "", rule.points, said)
    return Contribution(
        source=f"rule:{rule.name}",
        about="",
        points=rule.points,
        sentence=rule.because[locale],
        citation=rule.citation,
    )
