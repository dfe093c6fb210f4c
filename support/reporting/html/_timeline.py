"""The timeline's lanes in the order of their names."""

from __future__ import annotations

import base64
import json
import re
from typing import Any, Final

FILE: Final = "widgets/timeline.json"
_IN_A_PAGE: Final = re.compile(r'(?<=d\("widgets/timeline\.json",")([A-Za-z0-9+/=]+)')
_NUMBER: Final = re.compile(r"(\d+)")


def sorted_lanes(timeline: bytes) -> bytes:
    """A timeline whose lanes stand in order, worker 2 before worker 10: Allure draws them as it comes upon them."""
    return json.dumps(sorted(json.loads(timeline), key=_place), ensure_ascii=False).encode()


def sorted_lanes_in_page(page: str) -> str:
    """A page that holds its timeline in itself, with the lanes of that in order."""
    return _IN_A_PAGE.sub(lambda found: base64.b64encode(sorted_lanes(base64.b64decode(found[1]))).decode(), page)


def _place(bar: dict[str, Any]) -> tuple[str, list[tuple[int, str]], int]:
    pieces = _NUMBER.split(str(bar.get("thread", "")))
    lane = [(int(each), "") if each.isdigit() else (0, each) for each in pieces]
    return str(bar.get("host", "")), lane, int(bar.get("start") or 0)
