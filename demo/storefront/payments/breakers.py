"""One circuit breaker for each shop: after five failed calls in a row the bank is left alone for half a minute.

Half a minute is one of the shop's clock. Then a single call goes through: the probe, which closes the breaker or opens
it for another half minute. The breakers of this process are its own; a restart closes them.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog
from pybreaker import (
    STATE_CLOSED,
    STATE_HALF_OPEN,
    STATE_OPEN,
    CircuitBreaker,
    CircuitBreakerError,
    CircuitBreakerListener,
    CircuitMemoryStorage,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pybreaker import CircuitBreakerState

    Clock = Callable[[], datetime]

FAILURES = 5
OPEN_SECONDS = 30.0
MOST_BREAKERS = 4096
log = structlog.get_logger()


class BreakerOpenError(Exception):
    """The bank has just failed too often; it was not asked."""


class _ShopTime(CircuitMemoryStorage):
    """Remembers by the shop's clock since when a breaker is open; tells it in real time, as pybreaker wants it."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(STATE_CLOSED)
        self.clock = clock
        self._since: datetime | None = None

    @property
    def opened_at(self) -> datetime | None:
        """Return when it was opened; nothing where the shop's clock was put back before that moment."""
        elapsed = None if self._since is None else self.clock() - self._since
        return None if elapsed is None or elapsed.total_seconds() < 0 else datetime.now(UTC) - elapsed

    @opened_at.setter
    def opened_at(self, _real: datetime) -> None:
        if self.state != STATE_OPEN:  # calls that fail after the opening do not prolong it
            self._since = self.clock()


class _Witness(CircuitBreakerListener):
    """Logs that a breaker opened or closed."""

    def state_change(self, _breaker: CircuitBreaker, old: CircuitBreakerState | None, new: CircuitBreakerState) -> None:
        if old is None or old.name != new.name:
            log.warning("breaker.changed", state=new.name)


class Breaker:
    """The breaker of one shop, for calls on one event loop."""

    def __init__(self, clock: Clock) -> None:
        """Start closed."""
        self._time = _ShopTime(clock)
        self._breaker = CircuitBreaker(
            FAILURES, OPEN_SECONDS, state_storage=self._time, listeners=[_Witness()], throw_new_error_on_trip=False
        )
        self._probing = False

    @contextmanager
    def guarding(self, clock: Clock) -> Iterator[None]:
        """Watch a call, which fails by an exception; raise BreakerOpenError where it must not be made."""
        self._time.clock = clock
        if self._probing:
            raise BreakerOpenError
        try:
            with self._breaker.calling(), self._probe():
                yield
        except CircuitBreakerError as error:
            raise BreakerOpenError from error

    @contextmanager
    def _probe(self) -> Iterator[None]:
        """Be the only call while half open: pybreaker itself lets all pass that come before the probe's end."""
        is_probe = self._breaker.current_state == STATE_HALF_OPEN
        self._probing = self._probing or is_probe
        try:
            yield
        finally:
            self._probing = self._probing and not is_probe


class Breakers:
    """The breakers of all shops; of very many, those that were used last."""

    def __init__(self) -> None:
        """Start with all closed."""
        self._breakers: OrderedDict[str, Breaker] = OrderedDict()

    def __len__(self) -> int:
        """Return how many are remembered."""
        return len(self._breakers)

    def of(self, shop: str, clock: Clock) -> Breaker:
        """Return a shop's breaker."""
        if shop not in self._breakers:
            self._breakers[shop] = Breaker(clock)
        self._breakers.move_to_end(shop)
        if len(self._breakers) > MOST_BREAKERS:
            self._breakers.popitem(last=False)
        return self._breakers[shop]
