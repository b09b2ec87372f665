"""Click ids: 128 random bits as 32 characters, like the hexadecimal form of a UUID.

Taken from the system many at a time: to ask it for each click makes the threads of a process wait
for each other, which costs more than the rest of an id.
"""

import os
from threading import Lock

BYTES = 16
AT_A_TIME = 256


class Ids:
    def __init__(self) -> None:
        self.forget()
        # A forked child would give the same ones as its parent, whose lock it may have as taken.
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        self._lock = Lock()
        self._ready: list[str] = []

    def take(self) -> str:
        with self._lock:
            if not self._ready:
                drawn = os.urandom(BYTES * AT_A_TIME)
                self._ready = [drawn[at : at + BYTES].hex() for at in range(0, len(drawn), BYTES)]
            return self._ready.pop()


ids = Ids()
