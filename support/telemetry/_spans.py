"""The run's side: the spans of one scenario, and questions about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ..core import ScenarioIdentity


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of work of one service; times are Unix nanoseconds.

    `kind` is "server", "client", "producer", "consumer", "internal" or "unspecified", `status` "unset", "ok" or
    "error" with its `message`; `parent` is the id of the span that caused it, or empty.
    """

    trace_id: str
    span_id: str
    parent: str
    service: str
    version: str
    name: str
    kind: str
    start: int
    end: int
    status: str
    message: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    events: tuple[Mapping[str, Any], ...] = ()

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.end - self.start) / 1e9


class Spans:
    """Collected spans, in the order of their start; every question answers with the spans that match."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = tuple(spans)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)

    def of_service(self, service: str) -> Spans:
        """The spans of one service."""
        return Spans(span for span in self._spans if span.service == service)

    def of_kind(self, kind: str) -> Spans:
        """The spans of one kind."""
        return Spans(span for span in self._spans if span.kind == kind)

    def named(self, name: str) -> Spans:
        """The spans of one name."""
        return Spans(span for span in self._spans if span.name == name)

    def failed(self) -> Spans:
        """The spans that ended in an error."""
        return Spans(span for span in self._spans if span.status == "error")

    def having(self, attribute: str, value: object) -> Spans:
        """The spans whose attribute has that value."""
        return Spans(span for span in self._spans if span.attributes.get(attribute) == value)

    def below(self, span: Span) -> Spans:
        """The spans that this one caused directly."""
        return Spans(each for each in self._spans if each.parent == span.span_id)

    def services(self) -> tuple[str, ...]:
        """The services that took part, in the order in which they did."""
        return tuple(dict.fromkeys(span.service for span in self._spans))


class _Call(Protocol):
    """A call of the control process."""

    def __call__(self, method: str, **params: object) -> Any: ...  # noqa: ANN401 - any JSON value


class Telemetry:
    """Asks the control process for what the system sent."""

    def __init__(self, call: _Call) -> None:
        self._call = call

    def of(
        self,
        identity: ScenarioIdentity,
        *,
        at_least: int = 0,
        services: Collection[str] = (),
        settle: float = 0.1,
        timeout: float = 5.0,
    ) -> Spans:
        """The spans of one scenario's trace.

        Waits until there are so many, all the services are among them, and none came for `settle` seconds; after
        `timeout` seconds those that have come.
        """
        found = self._call(
            "spans.of",
            trace_id=identity.trace_id,
            at_least=at_least,
            services=list(services),
            settle=settle,
            timeout=timeout,
        )
        return Spans(Span(**{**span, "events": tuple(span["events"])}) for span in found)
