"""A peer's refusal, in words for whoever reads the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

WITHOUT_WORDS = "This is not possible right now. Please try again in a moment."


@dataclass(frozen=True)
class Mistake:
    """What is wrong, and the form's field that it concerns, if it is one."""

    message: str
    field: str = ""


class RefusedError(Exception):
    """A peer did not accept what was asked of it."""

    def __init__(self, status: int, kind: str, mistakes: list[Mistake], retry_after: str = "") -> None:
        """Tell the answer's status, the last part of the problem's type, what is wrong, and when to come again."""
        super().__init__(kind)
        self.status, self.kind, self.mistakes, self.retry_after = status, kind, mistakes, retry_after

    @property
    def headers(self) -> dict[str, str]:
        """Return what the page's answer repeats of the peer's: when to come again."""
        return {"Retry-After": self.retry_after} if self.retry_after else {}

    def mistakes_at(self, fields: Mapping[str, str]) -> list[Mistake]:
        """Return what is wrong with the page's own ``fields`` in place of the peer's; others are not on the page."""
        return [replace(mistake, field=fields.get(mistake.field, "")) for mistake in self.mistakes]


def refused(response: httpx.Response) -> RefusedError:
    """Read the problem that a peer answered; what is no problem (the mesh has words of its own) is not shown."""
    problem = _problem(response)
    errors = problem.get("errors", [])
    mistakes = [Mistake(error["detail"], error["pointer"].rpartition("/")[2]) for error in errors]
    kind = str(problem.get("type", "")).rpartition("/")[2]
    whole = Mistake(str(problem.get("detail", WITHOUT_WORDS)))
    return RefusedError(response.status_code, kind, mistakes or [whole], response.headers.get("Retry-After", ""))


def _problem(response: httpx.Response) -> dict[str, Any]:
    if response.headers.get("Content-Type", "").partition(";")[0] != "application/problem+json":
        return {}
    problem: dict[str, Any] = response.json()
    return problem
