"""The timeline: one lane below the other, as they are numbered."""

from __future__ import annotations

import base64
import json

from support.reporting.html._timeline import sorted_lanes, sorted_lanes_in_page

BARS = [
    {"host": "this machine", "thread": "worker 10", "start": 1, "name": "Zoë"},
    {"host": "this machine", "thread": "worker 2", "start": 5},
    {"host": "this machine", "thread": "worker 2", "start": 3},
    {"host": "another", "thread": "worker 3", "start": 9},
]
IN_ORDER = [BARS[3], BARS[2], BARS[1], BARS[0]]


def test_lanes_are_in_the_order_of_their_numbers() -> None:
    """Worker 2 stands above worker 10, machine by machine, and what ran there in the order in which it began."""
    assert json.loads(sorted_lanes(json.dumps(BARS).encode())) == IN_ORDER


def test_lanes_of_the_one_file_are_in_order_too() -> None:
    """A page that holds its timeline in itself has it sorted, and nothing else of it is touched."""
    held = base64.b64encode(json.dumps(BARS).encode()).decode()
    begun, _, rest = sorted_lanes_in_page(
        f'd("widgets/a.json","QQ=="),d("widgets/timeline.json","{held}"),e'
    ).partition('timeline.json","')
    told, _, end = rest.partition('"')
    assert (begun, end) == ('d("widgets/a.json","QQ=="),d("widgets/', "),e")
    assert json.loads(base64.b64decode(told)) == IN_ORDER
