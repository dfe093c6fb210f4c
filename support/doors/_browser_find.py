"""Finding a browser: the configured one, Playwright's, one on PATH, or one that was provisioned before."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..core import ConfigurationError, did_you_mean, sentence, user_caches
from ._browser_command import STEP_LIMIT, run
from ._browser_errors import BrowserUnavailable, NoBrowser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Look = Callable[[], tuple[Path, Mapping[str, str]] | None]

ENGINES: Final = ("chromium", "firefox", "webkit")
"""The kinds of browser that Playwright drives."""

_HEADLESS_ON_PATH, _ON_PATH = ("chromium-headless-shell",), ("google-chrome", "chromium", "chromium-browser")
_CHROME_FOR_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
_MANAGED_EXECUTABLES = {
    "chromium-headless-shell": ("chrome-headless-shell", "headless_shell"),
    "chromium": ("chrome", "Google Chrome for Testing", "Chromium"),
    "firefox": ("firefox",),
    "webkit": ("pw_run.sh",),
}


@dataclass(frozen=True, slots=True)
class BrowserFound:
    """A browser to launch: where it is, how it was found, what was tried before, and variables for its process."""

    executable: Path
    source: str
    tried: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    engine: str = "chromium"


def find_browser(configured: str = "", *, engine: str = "chromium", headed: bool = False) -> BrowserFound:
    """The first browser in the order: configured, Playwright's, on PATH, provisioned; else NoBrowser.

    One that is found must be able to tell its version, so that one without its libraries, or a shell script that only
    recommends another package, is passed over. A headed run needs a browser with windows, so the headless shells are
    passed over too; Firefox and WebKit exist only in Playwright's own builds.
    """
    if engine not in ENGINES:
        raise ConfigurationError(sentence(f"browser={engine} is no browser.", did_you_mean(engine, ENGINES)))
    if configured:
        return _configured(configured, engine)
    ways: list[tuple[str, Look]] = [
        (f"Playwright-managed {build}", lambda build=build: _managed(build))  # type: ignore[misc]
        for build in _builds(engine, headed=headed)
    ]
    if engine == "chromium":
        names = _ON_PATH if headed else _HEADLESS_ON_PATH + _ON_PATH
        ways += [(f"{name} on PATH", lambda name=name: _on_path(name)) for name in names]  # type: ignore[misc]
    if engine == "chromium" and sys.platform == "darwin":
        ways.append((str(_CHROME_FOR_MAC), lambda: (_CHROME_FOR_MAC, {}) if _CHROME_FOR_MAC.exists() else None))
    if engine == "chromium" and not headed:
        ways.append((f"provisioned in {provisioned_home()}", lambda: provisioned(provisioned_home())))
    return _first(ways, engine)


def cache_home() -> Path:
    """The folder of this user for what is expensive to get; it need not exist yet."""
    given = os.environ.get("REHEARSAL_CACHE")
    return Path(given) if given else user_caches() / "rehearsal"


def provisioned_home() -> Path:
    """The folder of the provisioned browser."""
    return cache_home() / "browser"


def provisioned(home: Path) -> tuple[Path, Mapping[str, str]] | None:
    """The browser in that folder, with its environment; None unless it is complete and this user's own."""
    try:
        told = json.loads((home / "browser.json").read_text(encoding="utf-8"))
        executable = home / told["executable"]
        ours = not hasattr(os, "getuid") or executable.stat().st_uid == os.getuid()
    except (OSError, ValueError, KeyError):
        return None
    if not ours or not os.access(executable, os.X_OK):
        return None
    return executable, {name: value.replace("{home}", str(home)) for name, value in told["environment"].items()}


def managed_home() -> Path:
    """The folder in which Playwright keeps its own builds."""
    given = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if given == "0":
        return driver_home() / "package" / ".local-browsers"
    return Path(given) if given else user_caches() / "ms-playwright"


def driver_home() -> Path:
    """The folder of Playwright's driver: its Node and its list of browser builds."""
    spec = find_spec("playwright")
    if spec is None or not spec.submodule_search_locations:
        msg = "playwright is not installed. Run `pip install -r requirements.txt`."
        raise BrowserUnavailable(msg)
    return Path(next(iter(spec.submodule_search_locations))) / "driver"


def _first(ways: list[tuple[str, Look]], engine: str) -> BrowserFound:
    tried: list[str] = []
    for source, look in ways:
        found = look()
        reason = _why_not(*found) if found else ""
        if found and not reason:
            return BrowserFound(found[0], source, tuple(tried), found[1], engine)
        tried.append(f"{source} ({reason})" if reason else source)
    raise NoBrowser.after(*tried, engine=engine)


def _why_not(executable: Path, environment: Mapping[str, str]) -> str:
    """Why this browser does not even tell its version; empty if it does."""
    try:
        run([str(executable), "--version"], str(executable), STEP_LIMIT, environment=environment)
    except BrowserUnavailable as error:
        return error.reason
    return ""


def _configured(path: str, engine: str) -> BrowserFound:
    """What the user named, or nothing: another browser would be a surprise."""
    found = shutil.which(path)
    if found is None:
        msg = f"-D browser_path={path} is no executable file. Give the full path of a browser, or leave it out."
        raise ConfigurationError(msg)
    return BrowserFound(Path(found), "configured", engine=engine)


def _builds(engine: str, *, headed: bool) -> tuple[str, ...]:
    """The names of Playwright's builds that would do."""
    if engine != "chromium":
        return (engine,)
    return ("chromium",) if headed else ("chromium-headless-shell", "chromium")


def _managed(build: str) -> tuple[Path, Mapping[str, str]] | None:
    """Playwright's own build of the revision that this Playwright expects, if it is installed completely."""
    browsers = json.loads((driver_home() / "package" / "browsers.json").read_text(encoding="utf-8"))["browsers"]
    revision = next(each["revision"] for each in browsers if each["name"] == build)
    folder = managed_home() / f"{build.replace('-', '_')}-{revision}"
    if not (folder / "INSTALLATION_COMPLETE").exists():
        return None
    for name in _MANAGED_EXECUTABLES[build]:
        for path in (*folder.glob(f"*/{name}"), *folder.glob(f"*/*.app/Contents/MacOS/{name}"), folder / name):
            if os.access(path, os.X_OK) and path.is_file():
                return path, {}
    return None


def _on_path(name: str) -> tuple[Path, Mapping[str, str]] | None:
    found = shutil.which(name)
    return (Path(found), {}) if found else None
