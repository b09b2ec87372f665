from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from examples.website.app import create
from examples.website.config import configure
from tests.website import stub as stubs
from tests.website.stub import Stub


@pytest.fixture
def stub() -> Iterator[Stub]:
    with stubs.running() as made:
        yield made


@pytest.fixture
def visitor(stub: Stub) -> FlaskClient:
    """Somebody who looks at the website, which asks the stub."""
    return create(configure(stub.address)).test_client()
