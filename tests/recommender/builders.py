"""Small plain-data builders. Every test changes only the field that it is about."""

from copy import deepcopy
from datetime import date
from typing import Any

from recommender import Assessment, Context, compile_rules, compile_snapshot, default_assessment
from recommender.flags import RaisedFlag

DAY = date(2026, 11, 24)
DUTCH = Context(locale="nl", demo=True)


def nl(text: str = "tekst") -> dict[str, str]:
    return {"nl": text}


def question(key: str, kind: str = "yes_no", **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "text": nl(), "why": nl(), "seconds": 5, **more}


def options(*keys: str, none: bool = False) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"key": key, "label": nl()} for key in keys]
    return [*found, {"key": "none", "label": nl(), "exclusive": True}] if none else found


def flag(key: str, when: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "colour": "red",
        "urgency": "emergency_now",
        "unknown": "refer",
        "when": when,
        "title": nl(),
        "action": nl("Bel nu."),
        "citation": "a source",
        **more,
    }


def definition(**changes: Any) -> dict[str, Any]:
    """A screening with a question of every kind, a flag of every consequence, and branching."""
    made: dict[str, Any] = {
        "slug": "all-kinds",
        "version": 1,
        "locales": ["nl"],
        "title": nl(),
        "notice": nl(),
        "review": {"kind": "demo", "on": "2026-11-01", "until": "2027-11-01"},
        "promised_seconds": 120,
        "labels": {name: nl() for name in ("yes", "no", "dont_know", "rather_not_say")},
        "questions": [
            question("numb"),
            question("weak"),
            question("ill", "single", options=options("well", "fever", "very_ill")),
            question("age", "number", unit="years", low=0, high=120),
            question(
                "steroids", show_if={"answer": "age", "between": {"at_least": 50}}, page="more"
            ),
            question("low_mood", page="more"),
            question("duration", "duration", units=["days", "weeks", "months", "years"]),
            question("sleepless"),
            question("health", "several", options=options("kidneys", "bleeding", none=True)),
            question("worry", "scale", low=0, high=10, low_label=nl("geen"), high_label=nl("veel")),
            question(
                "where",
                "body_site",
                options=[
                    {"key": "leg", "label": nl(), "site": "lower_leg", "side": "left"},
                    {"key": "back_only", "label": nl(), "exclusive": True},
                ],
            ),
        ],
        "facts": {"alarm": {"any": [yes("numb"), yes("weak")]}},
        "profiles": {
            "of": "duration",
            "bands": [
                {"profile": 1, "at_least": 0, "below": 42},
                {"profile": 2, "at_least": 42, "at_most": 84},
                {"profile": 3, "above": 84},
            ],
        },
        "signals": {},
        "factors": {
            "sleep": yes("sleepless"),
            "stress": {"answer": "worry", "between": {"at_least": 7}},
            "leg_pain": {"answer": "where", "is": "leg"},
        },
        "constraints": {
            "kidney_disease": {"answer": "health", "is": "kidneys"},
            "blood_thinners": {"answer": "health", "is": "bleeding"},
        },
        "flags": [
            flag("alarm_signs", {"fact": "alarm", "is": True}),
            flag(
                "infection",
                {"answer": "ill", "in": ["fever", "very_ill"]},
                urgency="within_24_hours",
            ),
            flag("fracture", yes("steroids"), urgency="appointment", unknown="ask"),
            flag(
                "mood",
                yes("low_mood"),
                colour="yellow",
                urgency="appointment",
                unknown="ignore",
                suppresses=[{"slot": "training"}],
            ),
        ],
        "where_to_go": {
            urgency: {"text": nl(), "phone": "112"}
            for urgency in ("emergency_now", "within_24_hours", "appointment")
        },
        "information": {"text": nl("Blijf bewegen."), "conditions": ["lage-rugpijn"]},
        "not_sure": nl("Je wist het niet zeker."),
        "safety_net": nl("Bel als het erger wordt."),
        "outcomes": [
            {
                "key": f"profile_{profile}",
                "when": {"profile": profile},
                "conditions": ["lage-rugpijn"],
                "summary": nl(),
            }
            for profile in (1, 2, 3)
        ]
        + [{"key": "undetermined", "conditions": [], "summary": nl()}],
        "tests": [
            {
                "name": "numbness is an emergency",
                "answers": {"numb": True},
                "expect": {"status": "stopped", "flags": ["alarm_signs"]},
                "source": "1.4 Cauda equina",
                "why": "Numbness around the anus alone is a sign of trapped nerves.",
            }
        ],
    }
    return {**deepcopy(made), **changes}


def small(*questions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A screening of one alarm sign and the questions of a test; it concludes nothing by itself."""
    kept = ("locales", "title", "notice", "review", "labels", "not_sure", "safety_net", "tests")
    whole = definition()
    made = {name: whole[name] for name in kept} | {
        "slug": "small",
        "version": 1,
        "promised_seconds": 3600,
        "questions": [question("numb"), *questions],
        "profiles": None,
        "flags": [flag("alarm_signs", yes("numb"))],
        "where_to_go": whole["where_to_go"],
        "outcomes": [{"key": "undetermined", "conditions": [], "summary": nl()}],
    }
    return deepcopy({**made, **changes})


def score(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A score that adds up; without bands, and everything is allowed with it."""
    return {
        "key": "total",
        "title": nl(),
        "combine": "sum",
        "missing": {"policy": "no_score"},
        "items": list(items),
        "licence": {
            "holder": "Nobody",
            "terms": "free",
            "attribution": nl("Van niemand."),
            "commercial": True,
            "products": True,
            "changes": True,
        },
        "citation": "a source",
        **changes,
    }


def yes(key: str) -> dict[str, Any]:
    return {"answer": key, "is": True}


FINE: dict[str, Any] = {
    "numb": False,
    "weak": False,
    "ill": "well",
    "age": 40,
    "low_mood": False,
    "duration": {"value": 9, "unit": "weeks"},
    "sleepless": False,
    "health": ["none"],
    "worry": 0,
    "where": ["back_only"],
}


def item(**changes: Any) -> dict[str, Any]:
    """An article about low back pain that anybody may read."""
    return {
        "type": "article",
        "slot": "articles",
        "locale": "nl",
        "translation_key": "keep-moving",
        "paid": False,
        "conditions": ["lage-rugpijn"],
        "factors": [],
        "phases": [],
        "profiles": [],
        "constraints": [],
        "guideline_stance": "none",
        "safety_review": {"kind": "clinical", "on": "2026-01-01", "until": "2027-01-01"},
        "editor_weight": 0,
        "evidence": None,
        **changes,
    }


def product(**changes: Any) -> dict[str, Any]:
    return item(**{"type": "product", "slot": "sleep", "paid": True, **changes})


def note(constraint: str, effect: str) -> dict[str, str]:
    return {"constraint": constraint, "effect": effect, "reason": "because"}


def rule(key: str, effect: str, select: dict[str, Any], **more: Any) -> dict[str, Any]:
    points = {"points": 100} if effect in ("boost", "bury") else {}
    made = {"key": key, "effect": effect, "select": select, "because": nl(f"Door {key}.")}
    return {**made, "citation": "a source", **points, **more}


def rule_set(*rules: dict[str, Any], slug: str = "rules", version: int = 1) -> Any:
    return compile_rules(
        {"slug": slug, "version": version, "locales": ["nl"], "notice": nl(), "rules": list(rules)}
    )


def snapshot(items: dict[str, dict[str, Any]], *rules: dict[str, Any], **more: Any) -> Any:
    return compile_snapshot(items.items(), [rule_set(*rules)] if rules else [], **more)


def assessment(**changes: Any) -> Assessment:
    """Somebody with low back pain for nine weeks, without anything that limits what is safe."""
    known: dict[str, Any] = {
        "screening": "lage-rugpijn@1",
        "definition": "0" * 64,
        "outcome": "delayed_recovery",
        "profile": 2,
        "ruled_out": frozenset({"pregnancy", "kidney_disease", "blood_thinners"}),
    }
    base = default_assessment("lage-rugpijn")
    return Assessment(**{**vars(base), **known, **changes})


def raised(key: str = "mood", **changes: Any) -> RaisedFlag:
    known: dict[str, Any] = {
        "key": key,
        "colour": "yellow",
        "urgency": "appointment",
        "certainty": "sure",
        "title": nl(),
        "action": nl(),
        "phone": "",
        "suppresses": (),
    }
    return RaisedFlag(**{**known, **changes})
