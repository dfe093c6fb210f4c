"""Traces go to an OpenTelemetry collector; W3C trace context and baggage travel with every call and message."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from opentelemetry import context, propagate, trace
from opentelemetry.processor.baggage import ALLOW_ALL_BAGGAGE_KEYS, BaggageSpanProcessor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider

# The stable names of HTTP and database attributes; the instrumentation reads this when it is first used.
os.environ.setdefault("OTEL_SEMCONV_STABILITY_OPT_IN", "http,database")

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

    from fastapi import FastAPI
    from opentelemetry.sdk.trace import SpanProcessor

    from .settings import ProcessSettings

EXPORT_EVERY_MS = 20
EXPORT_TIMEOUT = 1.0
HEALTH_URLS = "/healthz,/readyz"


def start_tracing(process: ProcessSettings) -> TracerProvider:
    """Record spans from now on, and export them where a collector is named."""
    provider = TracerProvider(
        resource=Resource.create(
            {
                "service.name": process.service,
                "service.version": process.version,
                "deployment.environment.name": process.environment,
            }
        )
    )
    provider.add_span_processor(BaggageSpanProcessor(ALLOW_ALL_BAGGAGE_KEYS))
    if process.collector_url:
        provider.add_span_processor(_exporter(process.collector_url))
    trace.set_tracer_provider(provider)
    return provider


def _exporter(collector_url: str) -> SpanProcessor:
    import requests
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    session = requests.Session()
    session.trust_env = False  # the collector is no peer of the mesh
    exporter = OTLPSpanExporter(endpoint=f"{collector_url}/v1/traces", session=session, timeout=EXPORT_TIMEOUT)
    return BatchSpanProcessor(exporter, schedule_delay_millis=EXPORT_EVERY_MS)


def trace_requests(app: FastAPI) -> None:
    """Give every request but health checks a server span."""
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

    FastAPIInstrumentor.instrument_app(app, excluded_urls=HEALTH_URLS, exclude_spans=["receive", "send"])


def finish_tracing(provider: TracerProvider, within: float) -> None:
    """Export what is left, for at most ``within`` seconds."""
    flushing = threading.Thread(target=provider.shutdown, daemon=True)
    flushing.start()
    flushing.join(within)


def spanning(
    name: str, kind: trace.SpanKind, attributes: Mapping[str, str | int]
) -> AbstractContextManager[trace.Span]:
    """Return a context that is one span of the trace."""
    return trace.get_tracer("demo.storefront").start_as_current_span(name, kind=kind, attributes={**attributes})


def carry() -> dict[str, str]:
    """Return the current trace context and baggage as headers."""
    headers: dict[str, str] = {}
    propagate.inject(headers)
    return headers


@contextmanager
def continued(headers: Mapping[str, str]) -> Iterator[None]:
    """Work within the trace and the baggage that ``headers`` carry."""
    token = context.attach(propagate.extract(headers))
    try:
        yield
    finally:
        context.detach(token)
