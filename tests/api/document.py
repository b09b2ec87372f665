"""Holds an answer against the OpenAPI document, more strictly than the document itself: a field
that it does not name is a fault too."""

from copy import deepcopy
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from api import docs
from tests.api.client import Reply


@cache
def strict_document() -> dict[str, Any]:
    document = deepcopy(docs.document())
    for schema in document["components"]["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return document


def keeps_to(method: str, template: str, reply: Reply) -> None:
    document = strict_document()
    responses = document["paths"][template][method.lower()]["responses"]
    content = responses[str(reply.status)]["content"][reply.header("Content-Type")]
    schema = content["schema"] | {"components": document["components"]}
    name = schema.get("$ref", "").rpartition("/")[2]
    if choice := document["components"]["schemas"].get(name, {}).get("discriminator"):
        # Against the one shape that it says it has, so that a fault is told where it is.
        schema["$ref"] = choice["mapping"][reply.json[choice["propertyName"]]]
    fault = best_match(Draft202012Validator(schema).iter_errors(reply.json))
    assert fault is None, f"{fault.json_path}: {fault.message[:300]}"
