"""What somebody may fill in, and what it means: read by answers.py and by static/answers.js."""

from typing import Any, NamedTuple

YES_NO = {"kind": "yes_no"}
SINGLE = {"kind": "single", "options": [{"key": "same"}, {"key": "dont_know"}]}
SEVERAL = {
    "kind": "several",
    "options": [{"key": "a"}, {"key": "b"}, {"key": "none", "exclusive": True}],
}
DURATION = {"kind": "duration", "units": ["days", "weeks"]}
NUMBER = {"kind": "number", "low": 0, "high": 10, "unit": "km"}


class Fault(NamedTuple):
    code: str
    field: str = "value"


class Case(NamedTuple):
    question: dict[str, Any]
    fields: dict[str, list[str]]
    expected: Any


CASES = [
    Case(YES_NO, {"value": ["yes"]}, True),
    Case(YES_NO, {"value": ["no"]}, False),
    Case(YES_NO, {"value": ["unknown:dont_know"]}, {"unknown": "dont_know"}),
    Case(YES_NO, {"value": ["unknown:rather_not_say"]}, {"unknown": "rather_not_say"}),
    Case(YES_NO, {}, Fault("choose")),
    Case(YES_NO, {"value": ["maybe"]}, Fault("choose")),
    Case(YES_NO, {"value": ["yes", "no"]}, Fault("choose")),
    Case(YES_NO, {"value": ["unknown:junk"]}, Fault("unknown_alone")),
    Case(SINGLE, {"value": ["same"]}, "same"),
    Case(SINGLE, {"value": ["dont_know"]}, "dont_know"),
    Case(SINGLE, {"value": ["other"]}, Fault("choose")),
    Case(SEVERAL, {"value": ["a", "b"]}, ["a", "b"]),
    Case(SEVERAL, {"value": ["none"]}, ["none"]),
    Case(SEVERAL, {"value": ["a", "none"]}, Fault("none_alone")),
    Case(SEVERAL, {}, Fault("choose_some")),
    Case(SEVERAL, {"value": ["a", "unknown:dont_know"]}, Fault("unknown_alone")),
    Case(DURATION, {"amount": ["9"], "unit": ["weeks"]}, {"value": 9, "unit": "weeks"}),
    Case(DURATION, {"amount": [" 1,5 "], "unit": ["weeks"]}, {"value": 1.5, "unit": "weeks"}),
    Case(DURATION, {"amount": ["1.5"], "unit": ["days"]}, {"value": 1.5, "unit": "days"}),
    Case(DURATION, {"amount": [""], "unit": ["weeks"]}, Fault("number", "amount")),
    Case(DURATION, {"amount": ["-1"], "unit": ["weeks"]}, Fault("number", "amount")),
    Case(DURATION, {"amount": ["1e3"], "unit": ["weeks"]}, Fault("number", "amount")),
    Case(DURATION, {"amount": ["٣"], "unit": ["weeks"]}, Fault("number", "amount")),
    Case(DURATION, {"amount": ["1234567890"], "unit": ["weeks"]}, Fault("number", "amount")),
    Case(DURATION, {"amount": ["9"], "unit": [""]}, Fault("unit", "unit")),
    Case(DURATION, {"amount": ["9"]}, Fault("unit", "unit")),
    Case(
        DURATION,
        {"amount": [""], "unit": [""], "value": ["unknown:dont_know"]},
        {"unknown": "dont_know"},
    ),
    Case(
        DURATION,
        {"amount": ["9"], "unit": ["weeks"], "value": ["unknown:dont_know"]},
        Fault("unknown_alone"),
    ),
    Case(NUMBER, {"number": ["7"]}, 7),
    Case(NUMBER, {"number": ["11"]}, Fault("number_range", "number")),
    Case(NUMBER, {"number": ["x"]}, Fault("number", "number")),
]
