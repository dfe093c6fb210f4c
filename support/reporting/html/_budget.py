"""Results that fit into one file: the heaviest attachments give way to a word about where they lie."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

BUDGET: Final = 50_000_000
"""Bytes of attachments; a file of some hundred megabytes is more than Allure writes, and more than a browser opens."""

_TELLING: Final = ("*-result.json", "*-container.json", "*-globals.json")
_TRACE: Final = "application/vnd.allure.playwright-trace"
_LOGS: Final = ("text/plain", "application/x-ndjson")
_DEAREST: Final = ("image/", "application/vnd.allure.http+json", "application/vnd.allure.image.diff")


@dataclass(frozen=True)
class LeftOut:
    """Attachments that have no place in the one file: their sizes by the names of their files."""

    sizes: Mapping[str, int]

    def __str__(self) -> str:
        count = len(self.sizes)
        what = "1 attachment" if count == 1 else f"{count} attachments"
        return f"{what} ({_in_words(sum(self.sizes.values()))})"


def within_budget(results: Path, into: Path, budget: int) -> LeftOut | None:
    """Make a copy of results whose attachments have no more than so many bytes; None, and no copy, if these have not.

    First traces are left out, then logs, then whatever else is heavy; pictures and exchanges last of all. In the place
    of each stands a text that says where it lies. The copy shares the content of all that stays.
    """
    told = {path for pattern in _TELLING for path in results.glob(pattern)}
    sizes = {path.name: path.stat().st_size for path in results.iterdir() if path.is_file() and path not in told}
    if sum(sizes.values()) <= budget:
        return None
    items = {path.name: item for path in sorted(told) if (item := _read(path)) is not None}
    types = {each["source"]: str(each.get("type")) for item in items.values() for each in _attachments(item)}
    left = _too_heavy({name: sizes[name] for name in types if name in sizes}, types, budget)
    if not left.sizes:
        return None
    _copy(results, into, items, left)
    return left


def _too_heavy(sizes: Mapping[str, int], types: Mapping[str, str], budget: int) -> LeftOut:
    """What has to go, so that the rest is within the budget."""
    left, over = dict[str, int](), sum(sizes.values()) - budget
    for name in sorted(sizes, key=lambda name: (_rank(types[name]), -sizes[name], name)):
        if over <= 0:
            break
        left[name] = sizes[name]
        over -= sizes[name]
    return LeftOut(left)


def _rank(media_type: str) -> int:
    """Whether something goes early or late."""
    if media_type == _TRACE:
        return 0
    return 1 if media_type.startswith(_LOGS) else 3 if media_type.startswith(_DEAREST) else 2


def _copy(results: Path, into: Path, items: Mapping[str, Any], left: LeftOut) -> None:
    into.mkdir()
    changed = {name: item for name, item in items.items() if _leave_out(item, left)}
    for path in results.iterdir():
        if path.name in changed:
            (into / path.name).write_text(json.dumps(changed[path.name]), encoding="utf-8")
        elif path.name in left.sizes:
            told = f"Left out here, {_in_words(left.sizes[path.name])}: it is in results/{path.name}"
            (into / f"{path.name}.txt").write_text(f"{told} of run {results.resolve().parent.name}.", encoding="utf-8")
        elif path.is_file():
            _link(path, into / path.name)


def _leave_out(item: object, left: LeftOut) -> bool:
    """Have what an item says of attachments lead to their texts; whether there were such."""
    found = [each for each in _attachments(item) if each["source"] in left.sizes]
    for each in found:
        each |= {"source": f"{each['source']}.txt", "type": "text/plain"}
    return bool(found)


def _attachments(item: object) -> Iterator[dict[str, Any]]:
    """Every attachment inside, however deep: of steps within steps, of what is set up and torn down."""
    waiting = [item]
    while waiting:
        match waiting.pop():
            case dict(found):
                if isinstance(found.get("source"), str):
                    yield found
                waiting += found.values()
            case list(found):
                waiting += found


def _read(path: Path) -> object:
    """What a file says; None for one that is torn, which says nothing in any report."""
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return None


def _link(path: Path, to: Path) -> None:
    try:
        os.link(path, to)
    except OSError:  # a disk without links
        shutil.copyfile(path, to)


def _in_words(size: int) -> str:
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"  # noqa: PLR2004 - a megabyte
