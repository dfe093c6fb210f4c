"""The Allure that makes the pages: of one exact version, found or installed once into this user's cache."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...doors.provisioning import (
    DOWNLOAD_LIMIT,
    SYSTEM_CERTIFICATES,
    ProgramUnavailable,
    alone,
    cache_home,
    run,
)
from ._errors import ReportUnavailable
from ._node import npm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSION: Final = "3.18.0"
"""Pinned because the pages are edited after they are made, and edited is only what is known."""

NAMED: Final = "ALLURE_HOME"
"""The variable that names the folder of an installed npm package `allure`."""

_LOCK: Final = Path(__file__).parent / "assets" / "npm"
"""package.json and package-lock.json: the SHA-512 of every package, checked by npm as it installs."""

_MODEST: Final = ("--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--cache=npm-cache")
"""No code of packages runs; one retry, or a closed network takes minutes; a user may have no home for a cache."""


def allure(tell: Callable[[str], None]) -> Path:
    """Allure's command line script; installed now if it is nowhere, else ReportUnavailable."""
    tried = []
    for package in _places():
        version = _version(package)
        if version == VERSION:
            return package / "cli.js"
        tried.append(f"{package} is {f'version {version}' if version else 'no Allure'}, not {VERSION}")
    try:
        return _installed(tell)
    except (ProgramUnavailable, OSError) as error:
        tried.append(error.reason if isinstance(error, ProgramUnavailable) else str(error))
    msg = f"Allure {VERSION}, which makes the pages, cannot be had"
    raise ReportUnavailable.after(msg, tried)


def _places() -> Iterator[Path]:
    """Where an Allure may be: named, in our cache, on PATH."""
    if given := os.environ.get(NAMED):
        yield Path(given)
    if (own := _home()).exists():
        yield _package(own)
    if found := shutil.which("allure"):
        yield Path(found).resolve().parent


def _installed(tell: Callable[[str], None]) -> Path:
    """Install Allure beside its final folder and move it there when it is whole."""
    home = _home()
    with alone(home, tell), tempfile.TemporaryDirectory(prefix="allure-", dir=home.parent) as work:
        if not home.exists():
            tell(f"Installing Allure {VERSION} once, into {home} (53 MB) ...")
            _install(Path(work), tell)
            (Path(work) / "made").rename(home)
    return _package(home) / "cli.js"


def _install(work: Path, tell: Callable[[str], None]) -> None:
    made = shutil.copytree(_LOCK, work / "made")
    command = [*npm(work, tell), "ci", *_MODEST]
    run(command, "npm ci", DOWNLOAD_LIMIT, cwd=made, environment=SYSTEM_CERTIFICATES)
    shutil.rmtree(made / "npm-cache", ignore_errors=True)
    if (version := _version(_package(made))) != VERSION:
        msg = f"npm installed Allure {version or 'nowhere'} instead of {VERSION}"
        raise ProgramUnavailable(msg)


def _home() -> Path:
    return cache_home() / f"allure-{VERSION}"


def _package(home: Path) -> Path:
    return home / "node_modules" / "allure"


def _version(package: Path) -> str:
    """The version of the npm package `allure` in that folder; empty if it is none."""
    try:
        told = json.loads((package / "package.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(told.get("version", "")) if told.get("name") == "allure" else ""
