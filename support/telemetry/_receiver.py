"""The collector that the system sends its telemetry to: a guest of the control process."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Protocol

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

from ._otlp import body_of, spans_in
from ._store import SpanStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

_LONGEST_WAIT: Final = 60.0
_Response = tuple[int, "Mapping[str, str]", bytes]


class _Request(Protocol):
    """What we need of an HTTP request."""

    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...


class OtlpReceiver:
    """Takes traces at `/v1/traces` and keeps them; takes logs and metrics, and lets them go (step 6 keeps logs)."""

    name = "otlp"

    def __init__(self, store: SpanStore | None = None) -> None:
        self._store = store or SpanStore()

    def methods(self) -> Mapping[str, Callable[[object, dict[str, Any]], Awaitable[object]]]:
        """`spans.of`: the spans of one trace, waited for."""
        return {"spans.of": self._spans_of}

    def routes(self) -> Mapping[str, Callable[[_Request], Awaitable[_Response]]]:
        """The paths of OTLP over HTTP."""
        return {"/v1/traces": self._traces, "/v1/logs": self._accepted, "/v1/metrics": self._accepted}

    async def lease_ended(self, lease: object) -> None:
        """Spans outlive leases: another run may watch the same system."""

    async def _spans_of(self, _lease: object, params: dict[str, Any]) -> object:
        spans = await self._store.wait(
            str(params["trace_id"]),
            at_least=int(params.get("at_least", 0)),
            services=[str(service) for service in params.get("services", ())],
            settle=float(params.get("settle", 0)),
            limit=min(float(params.get("timeout", 5)), _LONGEST_WAIT),
        )
        return [span.told() for span in spans]

    async def _traces(self, request: _Request) -> _Response:
        try:
            export = body_of(request.body, request.headers)
            self._store.add(list(spans_in(export)))
        except (DecodeError, OSError, EOFError) as error:
            return HTTPStatus.BAD_REQUEST, {"content-type": "text/plain"}, f"Not OTLP: {error}".encode()
        return await self._accepted(request)

    async def _accepted(self, _request: _Request) -> _Response:
        """An empty message of protobuf says that everything was taken."""
        return HTTPStatus.OK, {"content-type": "application/x-protobuf"}, b""
