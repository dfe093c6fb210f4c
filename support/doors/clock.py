"""The clock of a system under test: stopped, moved and released through an endpoint that only a test environment has.

The protocol, which docs/reference/clock.md promises: `GET` answers {"now": "2026-03-01T12:00:00+00:00", "stopped":
false}; `PUT {"now": ..., "stopped": true}` stops the clock at that moment; `DELETE` lets it show real time again.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from ..core import EVERYTHING, Exhibit, PromiseBroken, RehearsalError
from ._http_wire import Wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core import EvidenceSink, Permit, ScenarioIdentity
    from ._http_wire import Answer

_LIMIT: Final = 10.0  # seconds until a silent system counts as unavailable
_NOT_KNOWN: Final = "Is `authorization` in [clock] of system.toml what it asks for?"
_HINTS: Final[Mapping[int, str]] = {
    HTTPStatus.UNAUTHORIZED: _NOT_KNOWN,
    HTTPStatus.FORBIDDEN: _NOT_KNOWN,
    HTTPStatus.NOT_FOUND: "This environment does not accept a clock: a system does so only where it is told to be a "
    "test environment, and for a tenant that it knows. Or `url` in [clock] of system.toml is wrong.",
}


class ClockDoor:
    """One tenant's clock, at that URL. A clock that was turned stands still, so that boundaries are met exactly.

    `authorization` is sent as the header of that name; `turned_to` is the moment at which it was stopped, if it stands.
    NotPermitted, and nothing is sent, where the profile does not
    grant "clock"; PartUnavailable where nothing answers; RehearsalError where the clock is refused.
    """

    def __init__(
        self,
        url: str,
        identity: ScenarioIdentity,
        evidence: EvidenceSink,
        *,
        authorization: str = "",
        permit: Permit = EVERYTHING,
    ) -> None:
        self._url, self._permit, self._evidence = url, permit, evidence
        self._headers = {"Authorization": authorization} if authorization else {}
        self._wire = Wire(url, "clock", identity, evidence)
        self._turned = False
        self.turned_to = ""

    def now(self) -> datetime:
        """What the clock shows."""
        answer = self._ask("GET")
        try:
            shown = datetime.fromisoformat(answer.json()["now"])
        except (PromiseBroken, KeyError, TypeError, ValueError):
            expected = '{"now": "2026-03-01T12:00:00+00:00", "stopped": true}'
            msg = f"GET {self._url} was expected to answer as {expected} does, but it says {answer}"
            raise RehearsalError(msg) from None
        return _aware(shown)

    def stop_at(self, moment: datetime) -> None:
        """Turn the clock to a moment, at which it stands until it is turned again or released."""
        moment = _aware(moment)
        self._ask("PUT", json={"now": moment.isoformat(), "stopped": True})
        self.turned_to = moment.isoformat()
        self._evidence.keep(Exhibit("clock", f"the clock stands at {self.turned_to}", data={"url": self._url}))

    def advance(self, seconds: float) -> None:
        """Turn the clock that much later than it shows, and stop it there."""
        self.stop_at(self.now() + timedelta(seconds=seconds))

    def release(self) -> None:
        """Let the clock show real time again."""
        self._ask("DELETE")
        self._turned, self.turned_to = False, ""
        self._evidence.keep(Exhibit("clock", "the clock shows real time again", data={"url": self._url}))

    def close(self) -> None:
        """Release the clock if it was turned, and hang up."""
        try:
            if self._turned:
                self.release()
        finally:
            self._wire.close()

    def _ask(self, method: str, json: dict[str, Any] | None = None) -> Answer:
        self._permit.demand("clock", f"{method} {self._url}")
        was_turned, self._turned = self._turned, self._turned or method == "PUT"  # so it may be, if no answer comes
        answer = self._wire.send(method, self._url, json=json, headers=self._headers, timeout=_LIMIT)
        if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            self._turned = was_turned
            raise _refusal(answer)
        return answer


def _refusal(answer: Answer) -> RehearsalError:
    hint = _HINTS.get(answer.status, "What it must answer is told in docs/reference/clock.md.")
    return RehearsalError(f"{answer.method} {answer.url}: the clock answered {str(answer).rstrip('.')}. {hint}")


def _aware(moment: datetime) -> datetime:
    """The moment in UTC; RehearsalError for one that says no offset, as it would mean another one elsewhere."""
    if moment.utcoffset() is None:
        msg = f"{moment.isoformat()} is no moment, as it has no time zone; expected one as {datetime.now(UTC):%FT%TZ}."
        raise RehearsalError(msg)
    return moment.astimezone(UTC)
