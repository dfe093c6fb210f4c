"""A peer's refusal, in words for the customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True)
class Mistake:
    """What is wrong, and the form's field that it concerns, if it is one."""

    message: str
    field: str = ""


class RefusedError(Exception):
    """A peer did not accept what the customer entered."""

    def __init__(self, status: int, kind: str, mistakes: list[Mistake]) -> None:
        """Tell the answer's status, the last part of the problem's type, and what is wrong."""
        super().__init__(kind)
        self.status, self.kind, self.mistakes = status, kind, mistakes


def refused(response: httpx.Response) -> RefusedError:
    """Read the problem that a peer answered."""
    problem = response.json()
    mistakes = [Mistake(error["detail"], error["pointer"].rpartition("/")[2]) for error in problem.get("errors", [])]
    kind = str(problem.get("type", "")).rpartition("/")[2]
    return RefusedError(response.status_code, kind, mistakes or [Mistake(problem["detail"])])
