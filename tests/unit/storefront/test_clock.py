from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from support.storefront.clock import DURATION, MOMENT, read_duration, read_moment


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a second", timedelta(seconds=1)),
        ("an hour", timedelta(hours=1)),
        ("30 minutes", timedelta(minutes=30)),
        ("14 minutes and 59 seconds", timedelta(minutes=14, seconds=59)),
        ("1 day, 2 hours and 3 minutes", timedelta(days=1, hours=2, minutes=3)),
    ],
)
def test_a_duration_is_read_as_it_is_said(words: str, expected: timedelta) -> None:
    """Hours, minutes and seconds add up, and "an hour" is one."""
    assert re.fullmatch(DURATION, words)
    assert read_duration(words) == expected


@pytest.mark.parametrize("words", ["", "soon", "30", "half an hour", "30 minutes and"])
def test_what_is_no_duration_is_no_sentence(words: str) -> None:
    """A sentence with such words is undefined, and so is seen before anything runs."""
    assert not re.fullmatch(DURATION, words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("10:00 on 3 March 2026", datetime(2026, 3, 3, 10, 0, 0)),  # noqa: DTZ001 - the shop's zone is told later
        ("23:59:59 on 31 December 2026", datetime(2026, 12, 31, 23, 59, 59)),  # noqa: DTZ001 - the same
    ],
)
def test_a_moment_is_read_to_the_second(words: str, expected: datetime) -> None:
    """Seconds may be said, and are none where they are not."""
    assert re.fullmatch(MOMENT, words)
    assert read_moment(words) == expected
