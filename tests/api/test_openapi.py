"""The OpenAPI document says what the code does, and every answer keeps to it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from api import docs

DOCUMENT = docs.document()
COMMITTED = settings.BASE_DIR / "docs" / "openapi.json"
OPERATIONS = [
    (f"{method.upper()} {path}", operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]


def test_the_committed_document_is_what_the_code_says(tmp_path: Path) -> None:
    call_command("openapi", file=tmp_path / "openapi.json", verbosity=0)
    assert (tmp_path / "openapi.json").read_bytes() == COMMITTED.read_bytes(), (
        "run: python manage.py openapi"
    )


def test_it_is_valid_openapi_3_1_and_nothing_had_to_be_guessed() -> None:
    assert DOCUMENT["openapi"] == "3.1.1"
    validate_schema(DOCUMENT)
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_every_answer_with_a_body_has_an_example_that_is_right(
    name: str, operation: dict[str, Any]
) -> None:
    for status, response in operation["responses"].items():
        for media_type, content in response.get("content", {}).items():
            assert content.get("examples"), f"{name} {status} {media_type} has no example"
            for example in content["examples"].values():
                check(content["schema"], example["value"])


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_every_body_has_an_example_that_is_right(name: str, operation: dict[str, Any]) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        assert content.get("examples"), f"{name} has no example of a body"
        for example in content["examples"].values():
            check(content["schema"], example["value"])


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_every_operation_is_explained(name: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert {"400", "500", "503"} <= set(operation["responses"])


def check(schema: dict[str, Any], value: Any) -> None:
    whole = schema | {"components": DOCUMENT["components"]}
    Draft202012Validator.check_schema(json.loads(json.dumps(whole)))
    Draft202012Validator(whole).validate(value)
