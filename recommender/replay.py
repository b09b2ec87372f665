"""Replay: make a recorded decision again, and say whether the same bytes come out."""

import json
from datetime import date

from recommender.advise import advise
from recommender.context import Context, parse_context
from recommender.decision import Decision, ReferralDecision
from recommender.outcome_data import read_outcome
from recommender.snapshot import Snapshot, blocked_hash


class ReplayMismatch(Exception):
    """The recorded decision does not follow from this snapshot and blocked set."""


def replay(
    recorded: bytes, snapshot: Snapshot, blocked: frozenset[str]
) -> Decision | ReferralDecision:
    """Make the decision whose `to_json` is `recorded` again and compare.

    Raises ReplayMismatch when the snapshot or the blocked set is another one than was recorded, or
    when other bytes come out; DefinitionError when the record cannot be read.
    """
    record = json.loads(recorded)
    for name, found in (("snapshot", snapshot.hash), ("blocked", blocked_hash(blocked))):
        if record[name] != found:
            raise ReplayMismatch(f"the record was made with {name} {record[name]}, not {found}")
    decision = advise(
        snapshot,
        blocked,
        read_outcome(record["outcome"]),
        _context(record["context"]),
        date.fromisoformat(record["day"]),
    )
    if decision.to_json() != recorded:
        raise ReplayMismatch("another decision comes out: the program decides differently now")
    return decision


def _context(record: dict[str, object]) -> Context:
    sent = {name: value for name, value in record.items() if name != "demo"}
    return parse_context(sent, demo=record["demo"] is True)
