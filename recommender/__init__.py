"""The brain: pure functions that decide. No framework, clock, chance, file or socket.

What to call, and what comes back:

    compile_screening(definition)             -> Screening      | raises DefinitionError
    evaluate(screening, answers)              -> InProgress | Stopped | Complete
    compile_rules(definition)                 -> RuleSet        | raises DefinitionError
    compile_snapshot(items, rule_sets, priors)-> Snapshot       (.hash, .refused)
    parse_context(data, demo=, constraints=)  -> Context        | raises DefinitionError
    advise(snapshot, blocked, outcome, context, day) -> Decision | ReferralDecision
    replay(recorded, snapshot, blocked)       -> the same decision | raises ReplayMismatch
    default_assessment(condition)             -> Assessment of somebody of whom nothing is known
    carried(onward, answers, screening)       -> the answers that the next screening takes
    inform(screening)                         -> Information, told without asking anything
    read_outcome(data)                        -> Outcome back from its .to_dict()
    plain(value)                              -> any of these as JSON-ready data

DefinitionError.problems lists every Problem(pointer, message). A Stopped holds a Referral; a
Complete holds a Referral or an Assessment; both have .reasons, the answers that decided it. Each
result has .status, .errors (answers that are wrong, by question) and .unused (answers without
influence).

An answer in JSON: true or false, an option key, a list of option keys, a number or a whole number,
{"value": 9, "unit": "weeks"}, {"unknown": "dont_know"} or {"unknown": "rather_not_say"}; a question
that was not asked yet is absent.

Outcomes and decisions have .to_dict(); a decision has .to_json(), its canonical bytes.
"""

from recommender.advise import Breach, advise
from recommender.canonical import canonical, content_hash, plain
from recommender.compile import compile_screening
from recommender.conclude import inform
from recommender.context import Context, parse_context
from recommender.decision import AdvisedItem, Decision, FilledSlot, ReferralDecision
from recommender.flow import (
    AnswerFault,
    Complete,
    InProgress,
    Progress,
    Result,
    Stopped,
    evaluate,
)
from recommender.items import Item, parse_item
from recommender.onward import carried
from recommender.outcome import (
    Assessment,
    Information,
    Onward,
    Outcome,
    Referral,
    ShownScore,
    default_assessment,
)
from recommender.outcome_data import read_outcome
from recommender.reading import DefinitionError, Problem
from recommender.reasons import Ground, Reason
from recommender.replay import ReplayMismatch, replay
from recommender.rules import RuleSet, compile_rules
from recommender.screening import Screening
from recommender.snapshot import Snapshot, blocked_hash, compile_snapshot

__all__ = [
    "AdvisedItem",
    "AnswerFault",
    "Assessment",
    "Breach",
    "Complete",
    "Context",
    "Decision",
    "DefinitionError",
    "FilledSlot",
    "Ground",
    "InProgress",
    "Information",
    "Item",
    "Onward",
    "Outcome",
    "Problem",
    "Progress",
    "Reason",
    "Referral",
    "ReferralDecision",
    "ReplayMismatch",
    "Result",
    "RuleSet",
    "Screening",
    "ShownScore",
    "Snapshot",
    "Stopped",
    "advise",
    "blocked_hash",
    "canonical",
    "carried",
    "compile_rules",
    "compile_screening",
    "compile_snapshot",
    "content_hash",
    "default_assessment",
    "evaluate",
    "inform",
    "parse_context",
    "parse_item",
    "plain",
    "read_outcome",
    "replay",
]
