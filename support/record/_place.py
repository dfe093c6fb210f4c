"""Where the folders of runs lie."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def reports_folder(wanted: str, *, asked: bool, tell: Callable[[str], None]) -> Path:
    """The folder that holds one for each run; nothing is made.

    It is the wanted one, unless that is only the default and stands in a place that is read-only: then a temporary one,
    and the user is told.
    """
    folder = Path(wanted).resolve()
    if asked or os.access(folder if folder.exists() else folder.parent, os.W_OK):
        return folder
    from tempfile import gettempdir

    instead = Path(gettempdir()) / f"rehearsal-{os.getuid()}-reports"
    tell(f"{folder} cannot be written to, so the reports go to {instead}. Pass -D reports=FOLDER for another place.")
    return instead
