"""A browser as a package of the system: only ever on the user's explicit word."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from ..core import ConfigurationError
from ._browser_errors import BrowserUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SHELL: Final = "chromium-headless-shell"
_MANAGERS: Final[Mapping[str, Sequence[Sequence[str]]]] = {
    "apt-get": (
        ("update",),
        ("install", "--yes", "--no-install-recommends", _SHELL, "fonts-liberation", "libatomic1"),
    ),
    "dnf": (("install", "--assumeyes", "chromium", "liberation-sans-fonts", "libatomic"),),
    "brew": (("install", "--cask", "google-chrome"),),
}
"""What each package manager is told; fonts because a bare system has none, libatomic for Playwright's own Node."""

_LIMIT = 900.0  # seconds for one command


def install_system_browser(progress: Callable[[str], None], *, engine: str = "chromium", headed: bool = False) -> None:
    """Install a Chromium with the system's package manager, showing each command and what it says.

    ConfigurationError where there is none that is known, or not the right to use it; then nothing was done.
    """
    if engine != "chromium":
        msg = f"--install-system has no package for {engine}: Playwright drives only builds of its own. Leave it out."
        raise ConfigurationError(msg)
    commands = _commands(headed=headed)
    if commands[0][0] != "brew" and os.geteuid() != 0:
        told = " && ".join(shlex.join(command) for command in commands)
        msg = (
            f"--install-system uses {commands[0][0]}, which needs root, and this is user {os.geteuid()}. "
            f"As root: `{told}`. Without root leave --install-system out: a browser is then provisioned for this user."
        )
        raise ConfigurationError(msg)
    for command in commands:
        progress(f"$ {shlex.join(command)}")
        _run(command)


def _commands(*, headed: bool) -> list[list[str]]:
    """The commands of the first package manager that is here."""
    for manager, commands in _MANAGERS.items():
        if shutil.which(manager):
            return [
                [manager, *("chromium" if headed and word == _SHELL else word for word in words)] for words in commands
            ]
    msg = f"--install-system knows {', '.join(_MANAGERS)}, and none of them is on PATH. Leave it out."
    raise ConfigurationError(msg)


def _run(command: Sequence[str]) -> None:
    """Run a package manager, its words on our standard error."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=2, timeout=_LIMIT, check=False, env=environment)
    except (subprocess.TimeoutExpired, OSError) as error:
        msg = f"{shlex.join(command)}: {error}"
        raise BrowserUnavailable(msg) from error
    if done.returncode:
        msg = f"{shlex.join(command)} ended with {done.returncode}; what it said stands above."
        raise BrowserUnavailable(msg)
