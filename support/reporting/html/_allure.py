"""The Allure that makes the pages: of one exact version, found or fetched once into this user's cache."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...core import RehearsalError
from ._errors import ReportUnavailable, why
from ._fetching import VERSION, fetched, home, package, version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMED: Final = "ALLURE_HOME"
"""The variable that names the folder of an installed npm package `allure`."""


def allure(tell: Callable[[str], None], *, fetch: bool) -> Path:
    """Allure's command line script; fetched now if it is nowhere, else ReportUnavailable.

    Without `fetch` it is fetched only with patience for a minute, and not again within a day of a failed attempt.
    """
    tried = []
    for place in _places():
        found = version(place)
        if found == VERSION:
            return place / "cli.js"
        tried.append(f"{place} is {f'version {found}' if found else 'no Allure'}, not {VERSION}")
    try:
        return fetched(tell, patient=fetch)
    except ReportUnavailable:
        raise
    except (RehearsalError, OSError) as error:
        msg = f"Allure {VERSION}, which makes the pages, cannot be had"
        raise ReportUnavailable.after(msg, [*tried, why(error)]) from error


def _places() -> Iterator[Path]:
    """Where an Allure may be: named, in our cache, on PATH."""
    if given := os.environ.get(NAMED):
        yield Path(given)
    if home().exists():
        yield package(home())
    if found := shutil.which("allure"):
        yield Path(found).resolve().parent
