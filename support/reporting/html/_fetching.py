"""Fetching Allure into this user's cache: once, whole or not at all, and at the end of a run not again and again."""

from __future__ import annotations

import json
import shutil
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...doors.provisioning import DOWNLOAD_LIMIT, SYSTEM_CERTIFICATES, ProgramUnavailable, cache_home, run, workshop
from ._errors import AGAIN, ReportUnavailable, why
from ._node import fetched_npm, npm

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION: Final = "3.18.0"
"""Pinned because the pages are edited after they are made, and edited is only what is known."""

_HASTY_LIMIT: Final = 60.0  # seconds that the end of a run waits for npm
_DAY: Final = 86_400.0

_LOCK: Final = Path(__file__).parent / "assets" / "npm"
"""package.json and package-lock.json: the SHA-512 of every package, checked by npm as it installs."""

_MODEST: Final = ("--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--cache=npm-cache")
"""No code of packages runs; one retry, or a closed network takes minutes; a user may have no home for a cache."""


def fetched(tell: Callable[[str], None], *, patient: bool) -> Path:
    """Allure's command line script, fetched now; else the error of whatever went wrong, which is kept for a day.

    Who is not patient waits neither for another process nor longer than a minute, gets no npm, and does not try at all
    within a day of an attempt that failed.
    """
    if not patient:
        _refuse_in_vain()
    stamp = _stamp()
    _write(stamp, "it did not come to its end")  # as with Ctrl-C
    try:
        script = _installed(tell, patient=patient)
    except Exception as error:
        _write(stamp, why(error))
        raise
    stamp.unlink(missing_ok=True)
    return script


def home() -> Path:
    """The folder of the Allure that was fetched; it need not exist yet."""
    return cache_home() / f"allure-{VERSION}"


def package(place: Path) -> Path:
    """The folder of the npm package `allure` of what npm has installed in a place."""
    return place / "node_modules" / "allure"


def version(folder: Path) -> str:
    """The version of the npm package `allure` in that folder; empty if it is none."""
    try:
        told = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(told.get("version", "")) if isinstance(told, dict) and told.get("name") == "allure" else ""


def _refuse_in_vain() -> None:
    """ReportUnavailable if an attempt would cost time for nothing."""
    if told := _in_vain():
        msg = f"Allure {VERSION}, which makes the pages, is not here: {told}"
        raise ReportUnavailable.after(msg, (), f"`{AGAIN}` gets it and makes the pages.")


def _in_vain() -> str:
    if _busy(home()):
        return "another process is fetching it at this moment"
    with suppress(OSError):
        failed = _stamp().stat().st_mtime
        if 0 <= time.time() - failed < _DAY:
            at = datetime.fromtimestamp(failed).astimezone().isoformat(" ", "minutes")
            return f"fetching it failed at {at} ({_stamp().read_text(encoding='utf-8', errors='replace')})"
    return "" if npm() else "it comes with npm, and there is no npm"


def _busy(folder: Path) -> bool:
    """Whether another process holds the lock of that folder, as `alone` takes it."""
    import fcntl

    try:
        with (folder.parent / f"{folder.name}.lock").open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _stamp() -> Path:
    """The file that says since when, and why, Allure could not be fetched."""
    return cache_home() / f"allure-{VERSION}.failed"


def _write(stamp: Path, reason: str) -> None:
    with suppress(OSError):  # of a cache that cannot be written to: that is told by who installs into it
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(reason, encoding="utf-8", errors="backslashreplace")


def _installed(tell: Callable[[str], None], *, patient: bool) -> Path:
    """Install Allure beside its final folder and move it there when it is whole."""
    final = home()
    with workshop(final, tell) as work:
        if not final.exists():
            tell(f"Installing Allure {VERSION} once, into {final} (53 MB) ...")
            _install(work, tell, patient=patient)
            (work / "made").rename(final)
    return package(final) / "cli.js"


def _install(work: Path, tell: Callable[[str], None], *, patient: bool) -> None:
    made = shutil.copytree(_LOCK, work / "made")
    command = [*(npm() or fetched_npm(work, tell)), "ci", *_MODEST]
    limit = DOWNLOAD_LIMIT if patient else _HASTY_LIMIT
    run(command, "npm ci", limit, cwd=made, environment=SYSTEM_CERTIFICATES)
    shutil.rmtree(made / "npm-cache", ignore_errors=True)
    if (found := version(package(made))) != VERSION:
        msg = f"npm installed Allure {found or 'nowhere'} instead of {VERSION}"
        raise ProgramUnavailable(msg)
