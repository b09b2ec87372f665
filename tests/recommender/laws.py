"""How many examples a law is tried on: 200 here, 2,000 where HYPOTHESIS_PROFILE is "ci"."""

import os

from hypothesis import settings

EXAMPLES = 2000 if os.environ.get("HYPOTHESIS_PROFILE") == "ci" else 200
law = settings(max_examples=EXAMPLES, deadline=None)
