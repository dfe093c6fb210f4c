"""The rule of lockout: five wrong passwords within 15 minutes lock an address for 15 minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_FAILURES = 5
WINDOW = timedelta(minutes=15)
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Tally:
    """What went wrong lately with one address, and until when it is locked for that."""

    failed_at: tuple[datetime, ...] = ()
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        """Tell whether even the right password is refused; at the end of the lock it no longer is."""
        return self.locked_until is not None and now < self.locked_until

    def after_failure(self, now: datetime) -> Tally:
        """Return the tally with one more wrong password; a lock that is over begins it anew."""
        earlier = self.failed_at if self.locked_until is None else ()
        recent = (*(moment for moment in earlier if now - moment < WINDOW), now)
        return Tally(recent, now + LOCKED_FOR if len(recent) >= MOST_FAILURES else None)

    @property
    def outdated_at(self) -> datetime:
        """Return from when on the tally says no more than none at all."""
        return self.locked_until or max(self.failed_at) + WINDOW
