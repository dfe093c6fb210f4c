"""What accounts takes for a time zone, for a moment, and for a clock."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from demo.storefront.accounts.routes_clock import turned
from demo.storefront.accounts.rules import known_time_zone, moment
from demo.storefront.accounts.schemas import NewClock

LAST_MOMENT = "2099-12-31T23:59:59Z"


def test_time_zone_that_exists_is_taken() -> None:
    """A name of the database of time zones is kept as it is."""
    assert known_time_zone("America/New_York") == "America/New_York"


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "localtime", "\0"])
def test_what_is_no_time_zone_is_refused(name: str) -> None:
    """What is no time zone is named in the refusal, with an example; no file is looked for by that name."""
    with pytest.raises(ValueError, match=r"There is no time zone '.*'\. (Use a name such as|Did you mean) '\w+/\w+'"):
        known_time_zone(name)


def test_misspelt_time_zone_is_recognised() -> None:
    """Whoever mistypes a name is told the nearest one."""
    with pytest.raises(ValueError, match="Did you mean 'Europe/London'"):
        known_time_zone("Europe/Lodnon")


@pytest.mark.parametrize("given", ["2026-03-01T09:00:00Z", "2026-03-01T10:00:00+01:00"])
def test_moment_is_the_same_in_any_time_zone(given: str) -> None:
    """Nine o'clock in UTC is ten o'clock an hour to the east."""
    assert moment(given).isoformat() == "2026-03-01T09:00:00+00:00"


@pytest.mark.parametrize("given", ["2026-03-01T09:00:00", "2026-03-01", "tomorrow", "", 1_772_355_600, None])
def test_moment_needs_its_time_zone(given: object) -> None:
    """What could mean several moments, or none, is refused with an example."""
    with pytest.raises(ValueError, match="Give a moment with its time zone, such as '2026-03-01T09:00:00Z'"):
        moment(given)


@pytest.mark.parametrize("given", ["1999-12-31T23:59:59Z", "2100-01-01T00:00:00Z"])
def test_moment_beyond_reckoning_is_refused(given: str) -> None:
    """A clock is not turned where adding a day would end the calendar."""
    with pytest.raises(ValueError, match="from the year 2000 to 2099"):
        moment(given)


@pytest.mark.parametrize("given", ["2000-01-01T00:00:00Z", LAST_MOMENT])
def test_moment_within_reckoning_is_taken(given: str) -> None:
    """The first and the last moment are good."""
    assert moment(given).tzinfo is UTC


def test_stopped_clock_stands() -> None:
    """A clock that is turned stands still, unless it is told not to."""
    clock = turned(NewClock.model_validate({"now": LAST_MOMENT}))
    assert clock.now() == clock.now() == moment(LAST_MOMENT)


def test_running_clock_goes_on_from_where_it_was_turned_to() -> None:
    """A clock that is turned and not stopped shows that moment, and later ones afterwards."""
    clock = turned(NewClock.model_validate({"now": LAST_MOMENT, "stopped": False}))
    first = clock.now()
    assert timedelta() <= first - moment(LAST_MOMENT) < timedelta(seconds=5)
    assert clock.now() > first
