"""Spans from the system to the run."""

# ruff: noqa: ANN401 - answers are any JSON value

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass, field
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from support.core import RunIdentity, ScenarioIdentity
from support.telemetry import OtlpReceiver, Span, Spans, Telemetry
from support.telemetry._otlp import spans_in
from support.telemetry._store import SpanStore

TRACE = bytes(range(16))


@dataclass
class Request:
    """An export as it arrives."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def export(service: str, *names: str, trace: bytes = TRACE, **attributes: str) -> bytes:
    """An export of spans of one service."""
    request = ExportTraceServiceRequest()
    resource = request.resource_spans.add()
    for key, value in (("service.name", service), ("service.version", "1.2")):
        pair = resource.resource.attributes.add()
        pair.key, pair.value.string_value = key, value
    scope = resource.scope_spans.add()
    for number, name in enumerate(names):
        span = scope.spans.add(trace_id=trace, span_id=bytes([number] * 8), name=name, kind=2)
        span.start_time_unix_nano, span.end_time_unix_nano, span.status.code = 1000 + number, 2000, 2
        for key, value in attributes.items():
            pair = span.attributes.add()
            pair.key, pair.value.string_value = key, value
        numbers = span.attributes.add()
        numbers.key = "sizes"
        numbers.value.array_value.values.add().int_value = 7
    return bytes(request.SerializeToString())


def ask(receiver: OtlpReceiver, **params: Any) -> Any:
    """The answer to `spans.of`."""
    return receiver.methods()["spans.of"](None, {"trace_id": TRACE.hex(), **params})


@pytest.mark.parametrize("compressed", [False, True])
def test_an_export_is_taken_and_told(compressed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Spans arrive with service, version, kind, state, times and attributes, compressed or not."""
    body = export("orders", "POST /orders", shop="tea")
    request = Request(gzip.compress(body), {"content-encoding": "gzip"}) if compressed else Request(body)

    async def scenario() -> Any:
        receiver = OtlpReceiver()
        status, _, _ = await receiver.routes()["/v1/traces"](request)
        assert status == 200
        return await ask(receiver)

    (span,) = asyncio.run(scenario())
    assert (span["service"], span["version"], span["name"]) == ("orders", "1.2", "POST /orders")
    assert (span["kind"], span["status"], span["start"], span["end"]) == ("server", "error", 1000, 2000)
    assert span["attributes"] == {"shop": "tea", "sizes": [7]}


@pytest.mark.parametrize("request_", [Request(b"\xff\xff"), Request(b"no", {"content-encoding": "gzip"})])
def test_what_is_no_export_is_refused(request_: Request) -> None:
    """Garbage is answered with 400, and nothing is kept."""
    status, _, _ = asyncio.run(_taken(OtlpReceiver(), request_))
    assert status == 400


def test_waiting_ends_as_soon_as_all_have_come() -> None:
    """A question that names services is answered when their spans are there, not later."""

    async def scenario() -> Any:
        receiver = OtlpReceiver()
        await _taken(receiver, Request(export("web", "GET /")))
        question = asyncio.ensure_future(ask(receiver, services=["web", "orders"], timeout=3600))
        await asyncio.sleep(0.02)
        assert not question.done()
        await _taken(receiver, Request(export("orders", "POST /orders")))
        return await asyncio.wait_for(question, 30)

    assert {span["service"] for span in asyncio.run(scenario())} == {"web", "orders"}


def test_waiting_has_a_limit() -> None:
    """After the limit the spans that did come are answered."""

    async def scenario() -> Any:
        receiver = OtlpReceiver()
        await _taken(receiver, Request(export("web", "GET /")))
        return await ask(receiver, at_least=2, timeout=0.05)

    assert len(asyncio.run(scenario())) == 1


def test_a_trace_settles() -> None:
    """With `settle` the answer waits for a span that comes shortly after."""

    async def scenario() -> Any:
        receiver = OtlpReceiver()
        await _taken(receiver, Request(export("web", "GET /")))
        question = asyncio.ensure_future(ask(receiver, at_least=1, settle=0.2, timeout=5))
        await asyncio.sleep(0.05)
        await _taken(receiver, Request(export("orders", "late")))
        return await question

    assert len(asyncio.run(scenario())) == 2


def test_the_oldest_traces_are_forgotten() -> None:
    """The store holds no more traces and bytes than it may."""
    store = SpanStore(most_traces=2)
    for number in range(4):
        store.add(spans_in(export("web", "GET /", trace=bytes([number] * 16))))
    assert [len(store.of(bytes([number] * 16).hex())) for number in range(4)] == [0, 0, 1, 1]
    small = SpanStore(most_bytes=10)
    small.add(spans_in(export("web", "GET /")))
    assert small.of(TRACE.hex()) == []


def test_the_meshs_own_questions_are_not_kept() -> None:
    """A span of the mesh asking its decision point is no work of the system."""
    assert list(spans_in(export("mesh", "async", upstream_cluster="rehearsal"))) == []


def test_the_run_asks_for_its_scenarios_trace() -> None:
    """The client asks for the trace of the identity, and answers with spans."""
    identity, asked = ScenarioIdentity(RunIdentity("abc", 1), "placed"), dict[str, object]()

    def call(method: str, **params: object) -> Any:
        asked.update(params, method=method)
        return [span.told() for span in spans_in(export("orders", "POST /orders"))]

    spans = Telemetry(call).of(identity, at_least=1)
    assert (asked["method"], asked["trace_id"]) == ("spans.of", identity.trace_id)
    assert [span.name for span in spans] == ["POST /orders"]


def test_spans_are_asked_by_service_kind_state_and_attribute() -> None:
    """Each question narrows the spans, and questions can be put one after the other."""
    spans = Spans([_span("web", "a"), _span("orders", "b", parent="a", status="error"), _span("orders", "c")])
    assert spans.services() == ("web", "orders")
    assert [span.span_id for span in spans.of_service("orders").failed()] == ["b"]
    assert [span.span_id for span in spans.below(next(iter(spans)))] == ["b"]
    assert len(spans.having("shop", "tea").of_kind("server").named("work")) == 3


def _span(service: str, number: str, parent: str = "", status: str = "unset") -> Span:
    return Span("t", number, parent, service, "1", "work", "server", 0, 1, status, attributes={"shop": "tea"})


async def _taken(receiver: OtlpReceiver, request: Request) -> Any:
    return await receiver.routes()["/v1/traces"](request)
