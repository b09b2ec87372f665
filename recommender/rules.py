"""Rules: an editor's statement of what to pin, boost, bury or hide, when, and because of what."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from recommender.answers import Answer, Known, NoValue
from recommender.canonical import content_hash
from recommender.context import PLACEMENTS, Context
from recommender.criteria import YES, Criterion, Lookup, Subject
from recommender.criteria_data import Domain, Domains, read_criterion
from recommender.definition_head import read_locales
from recommender.explain import LOCALES
from recommender.flags import SURE
from recommender.items import PROFILES, Item
from recommender.outcome import Assessment
from recommender.reading import DefinitionError, Problem, Reader, Texts
from recommender.selector import Selector, read_selector

EFFECTS = ("pin", "boost", "bury", "hide")
HOLD_BACK = ("bury", "hide")
MOST_POINTS = 300
FACTS: Domains = MappingProxyType(
    {
        Subject("fact", "outcome"): Domain("key"),
        Subject("fact", "profile"): Domain("number", frozenset(PROFILES)),
        Subject("fact", "conditions"): Domain("key"),
        Subject("fact", "signals"): Domain("key"),
        Subject("fact", "factors"): Domain("key"),
        Subject("fact", "constraints"): Domain("key"),
        Subject("fact", "flags"): Domain("key"),
        Subject("fact", "locale"): Domain("key", frozenset(LOCALES)),
        Subject("fact", "placement"): Domain("key", frozenset(PLACEMENTS)),
    }
)


@dataclass(frozen=True)
class Rule:
    """`points` is what a boost adds or a bury takes away; `when` None: always.

    A rule speaks only the languages in which it says why: elsewhere it does not fire, except that
    hiding needs no words.
    """

    name: str  # "<rule set>/<rule>"
    when: Criterion | None
    effect: str
    points: int
    selector: Selector
    because: Texts
    citation: str

    def fires(self, lookup: Lookup, locale: str) -> bool:
        """Say whether the rule holds. One whose criterion is unknown does not fire."""
        if self.effect != "hide" and locale not in self.because:
            return False
        return self.when is None or self.when.truth(lookup) is YES

    def fits(self, item: Item) -> bool:
        return self.selector.fits(item)


@dataclass(frozen=True)
class RuleSet:
    """Rules in their order of precedence; `hash` is the content hash of their definition."""

    slug: str
    version: int
    rules: tuple[Rule, ...]
    hash: str


def compile_rules(definition: Mapping[str, object]) -> RuleSet:
    """Compile a rule set. Raises DefinitionError with every problem by JSON pointer."""
    problems: list[Problem] = []
    reader = Reader(definition, "", problems)
    slug, version = reader.key("slug"), reader.whole("version", 1, 1_000_000)
    locales = read_locales(reader)
    reader.texts("notice", locales)
    rules = [
        _read_rule(Reader(value, at, problems), slug, locales)
        for at, value in reader.elements("rules", least=1)
    ]
    names = [rule.name for rule in rules if rule]
    for index, name in enumerate(names):
        if name in names[:index]:
            reader.fault(f"{name} stands here twice", "rules", index, "key")
    reader.close()
    if problems:
        raise DefinitionError(problems)
    return RuleSet(slug, version, tuple(rule for rule in rules if rule), content_hash(definition))


def _read_rule(reader: Reader, slug: str, locales: tuple[str, ...]) -> Rule | None:
    key = reader.key("key")
    effect = reader.choice("effect", EFFECTS)
    moves = effect in ("boost", "bury")
    points = reader.whole("points", 1, MOST_POINTS) if moves else 0
    when = read_criterion(reader.part("when"), FACTS) if reader.has("when") else None
    selector = read_selector(reader.part("select"))
    because, citation = reader.texts("because", locales), reader.text("citation")
    reader.close()
    if selector is None:
        return None
    signed = -points if effect == "bury" else points
    return Rule(f"{slug}/{key}", when, effect, signed, selector, because, citation)


def facts(outcome: Assessment, context: Context) -> Lookup:
    """Return what rules may look at.

    Of terms and flags, only what the answers settled is yes or no; everything else is unknown. The
    conditions are those that the outcome names, no others.
    """
    ruled_out = outcome.ruled_out - context.constraints
    sure = frozenset(flag.key for flag in outcome.flags if flag.certainty == SURE)
    found: Mapping[str, Answer] = {
        "outcome": outcome.outcome,
        "profile": NoValue.DONT_KNOW if outcome.profile is None else outcome.profile,
        "conditions": outcome.conditions,
        "signals": Known(outcome.signals, ruled_out),
        "factors": Known(outcome.factors, ruled_out),
        "constraints": Known(outcome.constraints | context.constraints, ruled_out),
        "flags": Known(sure, ruled_out),
        "locale": context.locale,
        "placement": context.placement,
    }
    return lambda subject: found[subject.name]
