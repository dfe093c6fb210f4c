"""Reading a cache that speaks the protocol of Valkey and Redis."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ..core import Exhibit, PartUnavailable, RehearsalError
from ._exhibits import MOST_ITEMS, SaidOnce, bounded, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from valkey import Valkey

    from ..core import EvidenceSink, ScenarioIdentity

MOST_KEYS: Final = 1_000
"""Keys that `keys` returns at most."""

_LIMIT = 3.0  # seconds until a silent server counts as unavailable
_ABSENT, _ENDLESS = -2, -1  # what PTTL says of a key that is not there, or never expires


class CacheDoor:
    """Reads keys and never writes one. The connection bears the scenario's tenant key as its client name."""

    def __init__(self, url: str, identity: ScenarioIdentity, evidence: EvidenceSink, *, part: str = "cache") -> None:
        self._url, self._part = url, part
        self._identity, self._evidence = identity, SaidOnce(evidence)
        self._opened: Valkey | None = None

    def get(self, key: str) -> str | None:
        """The string under the key; None if there is none."""
        with self._asking(f"GET {key}") as cache:
            content = cache.get(key)
        found = content.decode("utf-8", "replace") if isinstance(content, bytes) else None
        self._keep(f"GET {key}", found, "nothing" if found is None else count(len(found), "character"))
        return found

    def exists(self, key: str) -> bool:
        """Whether the key is there."""
        with self._asking(f"EXISTS {key}") as cache:
            found = bool(cache.exists(key))
        self._keep(f"EXISTS {key}", found, "yes" if found else "no")
        return found

    def ttl(self, key: str) -> float | None:
        """The seconds until the key expires: infinite if it never does, None if it is not there."""
        with self._asking(f"PTTL {key}") as cache:
            left = int(str(cache.pttl(key)))
        self._evidence.keep(_read(f"PTTL {key}", left, f"{left} ms"), same=("PTTL", key, left < 0))
        if left == _ABSENT:
            return None
        return math.inf if left == _ENDLESS else left / 1000

    def keys(self, pattern: str) -> list[str]:
        """The keys that match a pattern such as `session:*`, sorted; RehearsalError if they are more than 1,000."""
        found: set[str] = set()
        with self._asking(f"SCAN {pattern}") as cache:
            for key in cache.scan_iter(match=pattern, count=1000):
                found.add(key.decode("utf-8", "replace"))
                if len(found) > MOST_KEYS:
                    msg = f"{self._part}: more than {MOST_KEYS} keys match {pattern!r}. Name them more closely."
                    raise RehearsalError(msg)
        keys = sorted(found)
        self._keep(f"SCAN {pattern}", keys[:MOST_ITEMS], count(len(keys), "key"))
        return keys

    def close(self) -> None:
        """Close the connection."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.connection_pool.disconnect()

    @contextmanager
    def _asking(self, command: str) -> Iterator[Valkey]:
        from valkey import exceptions

        try:
            yield self._client()
        except (exceptions.ConnectionError, exceptions.TimeoutError) as error:
            raise PartUnavailable(self._part, f"{command}: {error} (limit {_LIMIT:g} s).") from error
        except exceptions.ValkeyError as error:
            msg = f"{self._part}: {command}: {error}."
            raise RehearsalError(msg) from error

    def _client(self) -> Valkey:
        if self._opened is None:
            from valkey import Valkey

            self._opened = Valkey.from_url(
                self._url.replace("valkey://", "redis://", 1),
                socket_timeout=_LIMIT,
                socket_connect_timeout=_LIMIT,
                client_name=f"rehearsal-{self._identity.tenant}",
            )
        return self._opened

    def _keep(self, command: str, value: object, outcome: str) -> None:
        self._evidence.keep(_read(command, value, outcome), same=(command, value))


def _read(command: str, value: object, outcome: str) -> Exhibit:
    body = value if isinstance(value, str) else ""
    return Exhibit("cache.read", f"{command} -> {outcome}", bounded(body), data={"command": command, "value": value})
