"""Logs are one JSON object a line on standard output; they never carry a secret or an e-mail address."""

from __future__ import annotations

import logging
import re
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import structlog
from opentelemetry import baggage, trace

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from structlog.typing import EventDict, WrappedLogger

    from .settings import ProcessSettings

_ADDRESS = re.compile(r"[^\s@<>()\"'=,;]+@[^\s@<>()\"'=,;]+\.[\w-]+")
_known: ContextVar[MutableMapping[str, Any] | None] = ContextVar("known", default=None)


def configure_logs(process: ProcessSettings) -> None:
    """Send what the service and its libraries log to standard output."""
    identity = {"service": process.service, "version": process.version, "environment": process.environment}

    def add_identity(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {**event, **identity}

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            add_identity,
            _add_context,
            structlog.processors.format_exc_info,
            hide_addresses,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stdout),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_LibraryHandler()], force=True)
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)  # a missing collector is no news of ours


def begin_story() -> MutableMapping[str, Any]:
    """Start the facts that every log line of one request or message shall carry, threads included."""
    facts: dict[str, Any] = {}
    _known.set(facts)
    return facts


def remember(**facts: object) -> None:
    """Add facts such as ``customer=...`` to every further log line of this request or message."""
    story = _known.get()
    if story is not None:
        story.update(facts)


def _add_context(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    event.update({key: value for key, value in (_known.get() or {}).items() if key not in event})
    span = trace.get_current_span().get_span_context()
    if span.is_valid:
        event["trace_id"] = trace.format_trace_id(span.trace_id)
        event["span_id"] = trace.format_span_id(span.span_id)
    if entries := baggage.get_all():
        event["baggage"] = dict(entries)
    return event


def hide_addresses(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Remove e-mail addresses from every text of a log line, however deep it lies."""
    return {key: _without_addresses(value) for key, value in event.items()}


def _without_addresses(value: object) -> object:
    if isinstance(value, str):
        return _ADDRESS.sub("[e-mail]", value) if "@" in value else value
    if isinstance(value, dict):
        return {_without_addresses(key): _without_addresses(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_without_addresses(each) for each in value]
    return value


class _LibraryHandler(logging.Handler):
    """Passes warnings of the libraries on to our own log."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger()
        log.log(
            record.levelno, "library.warning", logger=record.name, message=record.getMessage(), exc_info=record.exc_info
        )
