"""The score of an item: whole points, whose contributions add up to it exactly."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from recommender.context import Context
from recommender.explain import SENTENCES, Contribution, because_of
from recommender.items import Item
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


def contributions(
    item: Item, outcome: Assessment, context: Context, fired: Sequence[Rule], prior: int
) -> tuple[Contribution, ...]:
    """Return every contribution to the item's score; there is always at least one."""
    return (
        *_fields(item, outcome, context.locale),
        *([because_of("prior", prior, context.locale)] if prior else ()),
        *(_rule(rule, item, context.locale) for rule in fired if speaks_of(rule, item)),
    )


def speaks_of(rule: Rule, item: Item) -> bool:
    """Say whether a rule may move this item: no rule lifts what is not for health."""
    return rule.fits(item) and (item.slot not in NOT_FOR_HEALTH or rule.effect in HOLD_BACK)


def score(parts: Sequence[Contribution]) -> int:
    return sum(part.points for part in parts)


def _fields(item: Item, outcome: Assessment, locale: str) -> Iterator[Contribution]:
    if item.slot not in NOT_FOR_HEALTH:
        yield from _about_health(item, outcome, locale)
    if item.slot in NOT_FOR_HEALTH:
        sentence = SENTENCES["not_for_health"][locale]
        yield Contribution("field:general", "", WEIGHTS["general"], sentence)
    elif not item.conditions:
        yield because_of("field:general", WEIGHTS["general"], locale)
    if item.editor_weight:
        points = item.editor_weight * WEIGHTS["editor_weight"]
        yield because_of("field:editor_weight", points, locale)


def _about_health(item: Item, outcome: Assessment, locale: str) -> Iterator[Contribution]:
    for condition in sorted(item.conditions & outcome.conditions)[:1]:
        yield because_of("field:conditions", WEIGHTS["conditions"], locale, condition)
    if outcome.profile is not None:
        if outcome.profile in item.profiles:
            about = str(outcome.profile)
            yield because_of("field:profiles", WEIGHTS["profiles"], locale, about)
        phase = PHASE_OF[outcome.profile]
        if phase in item.phases:
            yield because_of("field:phases", WEIGHTS["phases"], locale, phase)
    for factor in sorted(item.factors & outcome.factors):
        yield because_of("field:factors", WEIGHTS["factors"], locale, factor)
    if item.guideline_stance == "supports":
        yield because_of("field:guideline_stance", WEIGHTS["guideline_stance"], locale)


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
