"""Running a command to its end within a limit."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Final

from ._browser_errors import BrowserUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

DOWNLOAD_LIMIT: Final = 300.0
"""Seconds for one download."""

STEP_LIMIT: Final = 60.0
"""Seconds for anything that needs no network."""

SYSTEM_CERTIFICATES: Final = {"NODE_USE_SYSTEM_CA": "1"}
"""Lets Node trust whom the system trusts, as pip and apt do: a company's network may look into TLS."""


def run(
    command: Sequence[str],
    what: str,
    limit: float,
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """What a command prints that comes to a good end; otherwise BrowserUnavailable with its last words."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=limit, check=False, cwd=cwd,
            stdin=subprocess.DEVNULL, env={**os.environ, **(environment or {})},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        msg = f"{what} took longer than {limit:g} s"
        raise BrowserUnavailable(msg) from None
    except OSError as error:
        msg = f"{what}: {error}"
        raise BrowserUnavailable(msg) from error
    if done.returncode:
        msg = f"{what} ended with {done.returncode}: {_last_words(done.stderr or done.stdout)}"
        raise BrowserUnavailable(msg)
    return done.stdout


def _last_words(output: str) -> str:
    """The line that says why, or the last one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if ("rror" in line or "cannot open" in line) and "complete log" not in line]
    return (telling or lines or ["no message"])[-1][:300]
