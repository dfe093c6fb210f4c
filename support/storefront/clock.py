"""The shop's time: stopped where a scenario needs it, moved on when it says so.

Sessions end with time. Whoever acts after the clock was turned therefore signs in anew; what becomes of a session is
for the scenarios about sessions to say.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from ..core import action
from .channel import SIGNED_IN
from .shop import shop, time_zone

if TYPE_CHECKING:
    from ..world import World

_UNIT: Final = r"(?:an?|\d+) (?:second|minute|hour|day)s?"
DURATION: Final = rf"{_UNIT}(?:(?:, | and ){_UNIT})*"
MOMENT: Final = r"\d\d:\d\d(?::\d\d)? on \d{1,2} [A-Z][a-z]+ \d{4}"


def read_duration(text: str) -> timedelta:
    """Read "an hour", "30 minutes" or "14 minutes and 59 seconds"."""
    parts = re.findall(r"(an?|\d+) (second|minute|hour|day)", text)
    return sum((timedelta(**{f"{unit}s": 1 if many[0] == "a" else int(many)}) for many, unit in parts), timedelta())


def read_moment(text: str) -> datetime:
    """Read "10:00 on 3 March 2026" or "23:59:59 on 3 March 2026": a time in the shop, whichever its zone."""
    time, _, day = text.partition(" on ")
    return datetime.strptime(f"{time if time.count(':') > 1 else f'{time}:00'} {day}", "%H:%M:%S %d %B %Y")  # noqa: DTZ007 - the shop's zone is told later


def stop_at(world: World, moment: datetime) -> None:
    """Let it be that moment in the shop until time is said to pass."""
    world.clock(shop(world)).stop_at(moment.replace(tzinfo=ZoneInfo(time_zone(world))))
    world.notes[SIGNED_IN] = None


@action("turn the shop's clock on by {duration}")
def let_pass(world: World, duration: timedelta) -> None:
    """Let it be so much later in the shop."""
    world.clock(shop(world)).advance(duration.total_seconds())
    world.notes[SIGNED_IN] = None
