"""OTLP over HTTP, protobuf encoding (https://opentelemetry.io/docs/specs/otlp/), into plain values."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
    from opentelemetry.proto.trace.v1.trace_pb2 import Span

_KINDS: Final = ("unspecified", "internal", "server", "client", "producer", "consumer")
_STATES: Final = ("unset", "ok", "error")
_OURS: Final = ("upstream_cluster", "rehearsal")  # what the mesh asks its decision point is no work of the system


def body_of(body: bytes, headers: Mapping[str, str]) -> bytes:
    """The body of an export as it was before it was compressed."""
    return gzip.decompress(body) if headers.get("content-encoding", "") == "gzip" else body


@dataclass(frozen=True, slots=True)
class ReceivedSpan:
    """One span as it was received: kept as it is (a JSON value takes ten times the room), told when asked for."""

    span: Span
    resource: dict[str, Any]

    @property
    def trace_id(self) -> str:
        """The trace that it belongs to: 32 hexadecimal digits."""
        return self.span.trace_id.hex()

    @property
    def service(self) -> str:
        """The service that sent it."""
        return str(self.resource.get("service.name", ""))

    @property
    def size(self) -> int:
        """Its size in bytes, as it was sent."""
        return int(self.span.ByteSize())

    def told(self) -> dict[str, Any]:
        """The span as a JSON value."""
        span = self.span
        return {
            "trace_id": self.trace_id,
            "span_id": span.span_id.hex(),
            "parent": span.parent_span_id.hex(),
            "service": self.service,
            "version": str(self.resource.get("service.version", "")),
            "name": span.name,
            "kind": _KINDS[span.kind] if span.kind < len(_KINDS) else _KINDS[0],
            "start": span.start_time_unix_nano,
            "end": span.end_time_unix_nano,
            "status": _STATES[span.status.code] if span.status.code < len(_STATES) else _STATES[0],
            "message": span.status.message,
            "attributes": _attributes(span.attributes),
            "events": [
                {"name": event.name, "at": event.time_unix_nano, "attributes": _attributes(event.attributes)}
                for event in span.events
            ],
        }


def spans_in(export: bytes) -> Iterator[ReceivedSpan]:
    """The spans of the system in one export; google.protobuf.message.DecodeError if it is none."""
    for resource_spans in ExportTraceServiceRequest.FromString(export).resource_spans:
        resource = _attributes(resource_spans.resource.attributes)
        for scope_spans in resource_spans.scope_spans:
            for span in scope_spans.spans:
                if _OURS not in ((each.key, each.value.string_value) for each in span.attributes):
                    yield ReceivedSpan(span, resource)


def _attributes(pairs: Iterable[KeyValue]) -> dict[str, Any]:
    return {pair.key: _value(pair.value) for pair in pairs}


def _value(value: AnyValue) -> Any:  # noqa: ANN401 - any JSON value
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    found = getattr(value, kind)
    if kind == "array_value":
        return [_value(each) for each in found.values]
    if kind == "kvlist_value":
        return _attributes(found.values)
    return found.hex() if kind == "bytes_value" else found
