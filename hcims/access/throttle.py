"""How much is taken from one address in a minute by a nameless page. Kept in this process alone and forgotten at its end.

The shared cache is a table: a row in it would say when an address sent something.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import Counter

SPAN = 60  # seconds
FROM_ONE = 60  # a whole county may stand behind one address of a mobile network
FROM_ALL = 1200


class Throttle:
    """Counts within a span, by a digest under a key of this process."""

    def __init__(self, from_one: int = FROM_ONE) -> None:
        self._from_one = from_one
        self._key = os.urandom(32)
        self._lock = threading.Lock()
        self._span = -1
        self._seen: Counter[bytes] = Counter()

    def allows(self, address: str, *, second: float) -> bool:
        """Whether one more may come from this address; `second` is of a clock that only goes forward."""
        digest = hashlib.blake2b(address.encode(), key=self._key, digest_size=16).digest()
        with self._lock:
            span = int(second // SPAN)
            if span != self._span:
                self._span, self._seen = span, Counter()
            if self._seen[digest] >= self._from_one or self._seen.total() >= FROM_ALL:
                return False
            self._seen[digest] += 1
            return True
