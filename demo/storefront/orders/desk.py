"""Asking another desk of the platform: it answers, refuses, or cannot be asked."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from pydantic import BaseModel, ValidationError

from demo.storefront.platform.peers import Peer, PeerUnavailableError
from demo.storefront.platform.problems import FieldError, Problem

if TYPE_CHECKING:
    import httpx

Answer = TypeVar("Answer", bound=BaseModel)
SHORTEST = 0.2
log = structlog.get_logger()


class RefusalError(Exception):
    """A desk says no, for good; the problem is the customer's answer."""

    def __init__(self, problem: Problem) -> None:
        """Refuse with a ``problem``."""
        super().__init__(problem.detail)
        self.problem = problem


class Deadline:
    """The time that work may take: a customer who waits is told something before her browser gives up."""

    def __init__(self, seconds: float = 3.2) -> None:
        """Begin now."""
        self._ends = time.monotonic() + seconds

    def at_most(self, seconds: float) -> float:
        """Return how long the next call may take: what is left, yet enough for a peer that is well."""
        return max(SHORTEST, min(seconds, self._ends - time.monotonic()))


class Desk:
    """A peer, asked with the platform's own key."""

    def __init__(self, name: str, peer: Peer, key: str, timeout: float) -> None:
        """Ask ``peer`` with ``key``, each time for at most ``timeout`` seconds."""
        self._name, self._peer, self._key, self._timeout = name, peer, key, timeout

    async def ask(
        self, method: str, path: str, deadline: Deadline, *, body: object = None, refusals: tuple[int, ...] = ()
    ) -> httpx.Response:
        """Return the answer; raise RefusalError for one of ``refusals``, else PeerUnavailableError."""
        within = deadline.at_most(self._timeout)
        response = await self._peer.call(method, path, token=self._key, json=body, within=within)
        if response.is_success:
            return response
        if response.status_code in refusals:
            raise RefusalError(_problem_of(response))
        log.error("desk.disagrees", desk=self._name, status=response.status_code, kind=_problem_of(response).kind)
        raise PeerUnavailableError(self._name, f"status {response.status_code}", may_have_acted=False)

    def read(self, answer: type[Answer], response: httpx.Response) -> Answer:
        """Return what the desk answered; where it cannot be read, what it did is not known."""
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            why = "an answer of another shape"
            raise self.unclear(why) from error

    def unclear(self, why: str) -> PeerUnavailableError:
        """Return the error of a desk whose answer does not tell what it did."""
        log.error("desk.unclear", desk=self._name, reason=why)
        return PeerUnavailableError(self._name, why, may_have_acted=True)


def _problem_of(response: httpx.Response) -> Problem:
    try:
        body: dict[str, Any] = response.json()
        errors = [FieldError.model_validate(error) for error in body.get("errors", [])]
        return Problem(response.status_code, body["type"].rpartition("/")[2], body["detail"], errors)
    except (ValueError, KeyError, AttributeError, TypeError):
        kind = HTTPStatus(response.status_code).phrase.lower().replace(" ", "-")
        return Problem(response.status_code, kind, "Your order was refused. Nothing was ordered.")
