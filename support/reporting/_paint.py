"""Colours, where somebody sees them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TextIO, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..record import Verdict

Paint: TypeAlias = Callable[[str, str], str]
"""Colours a text, or leaves it alone."""

COLOURS: Final[Mapping[Verdict, str]] = {
    "passed": "32",
    "flaky": "1;36",
    "failed": "1;31",
    "broken": "1;33",
    "skipped": "36",
    "not run": "35",
}
"""Red is the product, yellow is ours or the environment's (https://no-color.org tells how to be spared)."""

BOLD: Final = "1"
FAINT: Final = "2"


def painter(stream: TextIO | None = None) -> Paint:
    """A function that colours a text, or leaves it alone unless the stream is a terminal that wants colours.

    Without a stream, it is standard output.
    """
    if (stream or sys.stdout).isatty() and not os.environ.get("NO_COLOR"):
        return lambda text, colour: f"\x1b[{colour}m{text}\x1b[0m"
    return lambda text, _colour: text
