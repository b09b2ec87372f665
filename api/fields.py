"""Serializers and fields that coerce nothing: what is sent is right, or the error says what is.

Django REST framework reads 5 as "5", "true" as a boolean and "1_000" as a number. Here a field of
a body has the type of JSON; a parameter of a query, always text, has one spelling.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.settings import api_settings

Steps = tuple[str | int, ...]


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses unknown fields, together with whatever else is wrong.

    `forms`: sets of fields of which exactly one is given, and that one whole; the first is the one
    that is asked for when there is nothing of any.
    """

    forms: Sequence[Sequence[str]] = ()
    default_error_messages = {"invalid": "must be an object"}

    def to_internal_value(self, data: Any) -> Any:
        wrong = self._unknown(data) | self._wrong_form(data) if isinstance(data, Mapping) else {}
        try:
            value = super().to_internal_value(data)
        except ValidationError as error:
            details: Any = error.detail
            raise ValidationError({**wrong, **details}) from error
        if wrong:
            raise ValidationError(wrong)
        return value

    def _wrong_form(self, data: Mapping[str, Any]) -> dict[str, list[str]]:
        given = [form for form in self.forms if any(name in data for name in form)]
        if len(given) > 1:
            said = f"must not be given beside {', '.join(given[-1])}"
            beside = [name for form in given[:-1] for name in form if name in data]
            return {name: [said] for name in beside}
        wanted = next(iter(given or self.forms), ())
        others = " or ".join(", ".join(form) for form in self.forms if form != wanted)
        missing = [name for name in wanted if name not in data]
        return {name: [f"is required, or else {others}"] for name in missing}

    def _unknown(self, data: Mapping[str, Any]) -> dict[str, list[str]]:
        known = ", ".join(sorted(self.fields)) or "none"
        return {
            str(name): [f"is not known here; known: {known}"]
            for name in data
            if name not in self.fields
        }


class Text(serializers.CharField):
    default_error_messages = {
        "invalid": "must be text",
        "blank": "must not be empty",
        "required": "is required",
        "null": "must not be null",
        "max_length": "must have at most {max_length} characters",
        "min_length": "must have at least {min_length} characters",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"trim_whitespace": False} | options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Pattern(Text):
    """Text of one form; `says` tells it in words."""

    def __init__(self, pattern: str, says: str, **options: Any) -> None:
        self.pattern, self.says = pattern, says
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if not re.fullmatch(self.pattern, text):
            raise ValidationError(f"must be {self.says}")
        return text


class Choice(serializers.ChoiceField):
    """One of a closed list of texts."""

    default_error_messages = {
        "invalid_choice": "must be one of: {allowed}",
        "required": "is required",
        "null": "must not be null",
    }

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.choices:
            self.fail("invalid_choice", allowed=", ".join(map(str, self.choices)))
        return data


class Whole(serializers.IntegerField):
    default_error_messages = {
        "invalid": "must be a whole number",
        "required": "is required",
        "null": "must not be null",
        "max_value": "must be at most {max_value}",
        "min_value": "must be at least {min_value}",
    }

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class QueryWhole(Whole):
    """The digits of a whole number, without sign or leading zero."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, str) or not re.fullmatch(r"0|[1-9][0-9]{0,17}", data):
            self.fail("invalid")
        return int(data)


class Names(Text):
    """A list with commas, of names from a closed list, each once."""

    def __init__(self, allowed: Sequence[str], **options: Any) -> None:
        self.allowed = tuple(allowed)
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> list[str]:  # type: ignore[override]
        names = super().to_internal_value(data).split(",")
        unknown = [name for name in names if name not in self.allowed]
        if unknown or len(set(names)) < len(names):
            known = ", ".join(self.allowed)
            raise ValidationError(f"must be a list with commas, each once, of: {known}")
        return names


def messages(detail: Any, at: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Every message in the errors of a serializer, with where it belongs."""
    if isinstance(detail, Mapping):
        for name, child in detail.items():
            here = name == api_settings.NON_FIELD_ERRORS_KEY
            yield from messages(child, at if here else (*at, name))
    elif isinstance(detail, list | tuple):
        for index, child in enumerate(detail):
            yield from messages(child, (*at, index) if isinstance(child, Mapping | list) else at)
    else:
        yield at, str(detail)
