"""The decision. The order of its steps is the safety argument:

1. A referral has no items: its decision is another type.
2. The hard table (see `constraints`) is asked about every item of the catalogue, never about a
   selection: so nothing unsafe is ever a candidate, and what it frees is filled with what is safe.
   The rows of it that are about no visitor were asked for all of today.
3. Rules that hold hide, pin, boost and bury among the candidates: excluding beats pinning.
4. Scores, then slots. Ties go by key, so that the order of the catalogue is of no influence.
5. The same table once more over what is about to be said; a breach raises, and nothing is said.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from recommender.constraints import Case, cautions, kept_from, kept_out
from recommender.context import Context
from recommender.decision import AdvisedItem, Decision, FilledSlot, ReferralDecision
from recommender.item_score import Sayable, contributions, score
from recommender.items import Item
from recommender.outcome import Assessment, Outcome, Referral
from recommender.rules import Rule, facts
from recommender.slots import Candidate, fill
from recommender.snapshot import Eligible, Snapshot, blocked_hash


class Breach(Exception):
    """An unsafe item was about to be advised. Serve no advice; this is a fault in the program."""


def advise(
    snapshot: Snapshot, blocked: frozenset[str], outcome: Outcome, context: Context, day: date
) -> Decision | ReferralDecision:
    """Decide what to advise. The same arguments always give the same bytes.

    `blocked` are keys of items that cannot be offered now; `day` is today at the visitor. Raises
    Breach when the check at the end finds an item that the table keeps out.
    """
    if isinstance(outcome, Referral):
        return ReferralDecision(snapshot.hash, blocked_hash(blocked), outcome, context, day)
    case = Case(outcome, context, blocked, day)
    eligible = snapshot.eligible(case.setting)
    reasons = [(item, kept_from(item, case)) for item in eligible.items]
    safe = [item for item, reason in reasons if not reason]
    fired = _fired(snapshot, outcome, context)
    sayable = snapshot.sayable[context.locale]
    hiding = frozenset(rule.name for rule in fired if rule.effect == "hide")
    offered = [item for item in safe if hiding.isdisjoint(sayable[item.key].hidden_by)]
    pins = {rule.name: place for place, rule in enumerate(fired) if rule.effect == "pin"}
    candidates = [_candidate(item, sayable[item.key], outcome, fired, pins) for item in offered]
    filled = fill(candidates, context.limits)
    free = frozenset(item.key for item in offered if not item.paid)
    slots = tuple(_slot(slot, chosen, snapshot, free, case) for slot, chosen in filled)
    _check(slots, snapshot, case)
    return Decision(
        snapshot=snapshot.hash,
        blocked=blocked_hash(blocked),
        outcome=outcome,
        context=context,
        day=day,
        rules=tuple(rule.name for rule in fired),
        slots=slots,
        withheld=_withheld(eligible, reasons, snapshot, offered, slots),
    )


def _withheld(
    eligible: Eligible,
    reasons: Sequence[tuple[Item, str]],
    snapshot: Snapshot,
    offered: Sequence[Item],
    slots: Sequence[FilledSlot],
) -> dict[str, int]:
    """Count by reason every item of the snapshot that is not in the slots."""
    unfit = Counter(reason for _, reason in reasons if reason)
    safe = len(reasons) - unfit.total()
    counted = unfit + Counter(eligible.withheld)
    counted["faulty"] = len(snapshot.refused)
    counted["hidden_by_rule"] = safe - len(offered)
    counted["no_room"] = len(offered) - sum(len(slot.items) for slot in slots)
    return {reason: count for reason, count in sorted(counted.items()) if count}


def _fired(snapshot: Snapshot, outcome: Assessment, context: Context) -> tuple[Rule, ...]:
    lookup = facts(outcome, context)
    return tuple(rule for rule in snapshot.rules if rule.fires(lookup, context.locale))


def _candidate(
    item: Item,
    sayable: Sayable,
    outcome: Assessment,
    fired: Sequence[Rule],
    pins: Mapping[str, int],
) -> Candidate:
    """`pins` are the places of the rules that pin, in rising order."""
    parts = contributions(sayable, outcome, fired)
    places = [place for name, place in pins.items() if name in sayable.rules] if pins else ()
    return Candidate(item, score(parts), parts, next(iter(places), None))


def _slot(
    slot: str,
    candidates: Sequence[Candidate],
    snapshot: Snapshot,
    free: frozenset[str],
    case: Case,
) -> FilledSlot:
    advised = tuple(_advised(candidate, snapshot, free, case) for candidate in candidates)
    return FilledSlot(slot, advised)


def _advised(
    candidate: Candidate, snapshot: Snapshot, free: frozenset[str], case: Case
) -> AdvisedItem:
    """`free` may be advised: a free one that had no room is still named beside a paid one."""
    item = candidate.item
    return AdvisedItem(
        key=item.key,
        translation_key=item.translation_key,
        type=item.type,
        paid=item.paid,
        score=candidate.score,
        contributions=candidate.contributions,
        pinned=candidate.pin is not None,
        cautions=cautions(item, case),
        guideline_stance=item.guideline_stance,
        evidence=item.evidence,
        review=item.safety_review.kind if item.safety_review else "",
        free_alternatives=tuple(
            key for key in snapshot.free_alternatives.get(item.key, ()) if key in free
        ),
    )


def _check(slots: Sequence[FilledSlot], snapshot: Snapshot, case: Case) -> None:
    """Ask the table about every item that is named, be it only as a free alternative."""
    advised = [item for slot in slots for item in slot.items]
    named = {key for item in advised for key in (item.key, *item.free_alternatives)}
    for item in (snapshot.items[key] for key in sorted(named)):
        reason = kept_out(item, case)
        if reason:
            raise Breach(f"{item.key} was about to be advised, though {reason}")
