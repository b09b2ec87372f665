"""Where things are kept, and how to speak to whoever runs this."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

ROOT = os.geteuid() == 0
CHECKOUT = Path(__file__).resolve().parents[2]
CHECKOUT_ID = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
# Records, logs and data; removed by `stop`.
STATE = Path(tempfile.gettempdir()) / f"herstelwijzer-{os.geteuid()}-{CHECKOUT_ID}"
# What was downloaded; stays. The home of root is closed to the user that the servers run as.
CACHE = (
    Path("/var/cache") if ROOT else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
) / "herstelwijzer"


class Trouble(Exception):
    """One clear line about what is wrong and what to do."""


def say(text: str) -> None:
    print(f"services: {text}", file=sys.stderr, flush=True)


def require_own_state() -> None:
    """Anyone may write to the folder of temporary files: ours has to be ours."""
    STATE.mkdir(mode=0o755, exist_ok=True)
    if STATE.is_symlink() or STATE.stat().st_uid != os.geteuid():
        raise Trouble(f"{STATE} belongs to someone else: remove it")
