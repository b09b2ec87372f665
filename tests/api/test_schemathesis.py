"""Many requests made from the OpenAPI document: right ones are taken, wrong ones refused, and
every answer keeps to what the document says."""

from collections.abc import Iterator

import pytest
import schemathesis
from schemathesis.checks import (
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
)
from schemathesis.config import SchemathesisConfig

from api import docs
from cms.published.replica import replica
from cms.published.view import View
from tests.api.conftest import APPLICATION

pytestmark = pytest.mark.django_db

REFUSED = [400, 404, 405, 406, 410, 411, 413, 414, 415]
CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {"max-examples": 25, "deterministic": True, "database": "none"},
        "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
    }
)
schema = schemathesis.openapi.from_dict(docs.document(), config=CONFIG)
schema.app = APPLICATION


@pytest.fixture(autouse=True, scope="module")
def stocked(example: View) -> Iterator[None]:
    replica.start_from(example)
    yield
    replica.reset()


# Right by its form, and yet refused: whether a screening, a term or an answer exists is for the
# content to say (test_example.py).
BY_CONTENT = {"evaluate", "recommendations"}


@schema.parametrize()
def test_every_operation(case: schemathesis.Case) -> None:
    # A part of a page is not a page: test_content.py holds it against the whole.
    excluded = [response_schema_conformance] if "fields" in (case.query or {}) else []
    if case.operation.definition.raw["operationId"] in BY_CONTENT:
        excluded += [positive_data_acceptance, negative_data_rejection]
    headers = {"Host": "localhost", "Accept-Encoding": "identity"}
    response = case.call_and_validate(headers=headers, excluded_checks=excluded)
    if negative_data_rejection in excluded and is_wrong(case) and response.status_code == 200:
        # A referral is never held back because something else is wrong (test_referrals.py).
        assert response.json()["outcome"]["type"] == "referral"
        assert response.json()["errors"]


def is_wrong(case: schemathesis.Case) -> bool:
    return case.meta is not None and case.meta.generation.mode.is_negative
