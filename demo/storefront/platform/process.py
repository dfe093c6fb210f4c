"""The life of a service's process: settings, start, requests, and an orderly end on SIGTERM."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeVar

import structlog
import uvicorn

from .logs import configure_logs
from .patience import StartError, wait_for_all
from .requests_log import RequestsLog
from .settings import ProcessSettings, SettingsError, Variables
from .telemetry import finish_tracing, start_tracing, trace_requests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import FrameType

    from fastapi import FastAPI

    from .patience import Attempt

BAD_SETTINGS = 2
CANNOT_START = 1
LEAVE_WITHIN = 0.9
FLUSH_WITHIN = 0.3
KEEP_ALIVE = 65  # seconds; callers close an idle connection first, and so never send on one that is just closed
log = structlog.get_logger()


class ServiceSettings(Protocol):
    """What the settings of each service have."""

    @property
    def process(self) -> ProcessSettings:
        """Return what the process itself needs."""


S = TypeVar("S", bound=ServiceSettings)


def run_service(read_settings: Callable[[Variables], S], build: Callable[[S], FastAPI]) -> None:
    """Run a service until it is told to stop; this ends the process."""
    settings = settings_or_exit(read_settings)
    process = settings.process
    configure_logs(process)
    tracing = start_tracing(process)
    app = build(settings)
    app.add_middleware(RequestsLog)
    trace_requests(app)
    _serve(app, process)
    finish_tracing(tracing, FLUSH_WITHIN)
    sys.stdout.flush()
    os._exit(0)  # threads that wait for a hung dependency must not hold up the end


def settings_or_exit(read_settings: Callable[[Variables], S]) -> S:
    """Read the settings from the environment; where one is wrong, say so and exit with status 2."""
    try:
        return read_settings(Variables(os.environ))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(BAD_SETTINGS)


async def wait_or_leave(process: ProcessSettings, attempts: Mapping[str, Attempt]) -> None:
    """Wait for the dependencies of a start; where one stays away, say so and end the process with status 1."""
    try:
        await wait_for_all(attempts)
    except StartError as error:
        _leave(f"{process.service} did not start. {error}")
    log.info("service.started", port=process.port)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on a signal without repeating it to ourselves afterwards, so that an orderly end has status 0."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.handle_exit)
        yield

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Leave in an orderly way, and leave anyway when that takes too long."""
        guard = threading.Timer(LEAVE_WITHIN, os._exit, (0,))
        guard.daemon = True
        guard.start()
        super().handle_exit(sig, frame)


def _serve(app: FastAPI, process: ProcessSettings) -> None:
    config = uvicorn.Config(
        app,
        host=process.host,
        port=process.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        timeout_keep_alive=KEEP_ALIVE,
    )
    server = _Server(config)
    with suppress(SystemExit):
        server.run()
    if not server.started:
        _leave(f"{process.service} did not start. It cannot listen on {process.host}:{process.port}.")
    log.info("service.stopped")


def _leave(message: str) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()
    os._exit(CANNOT_START)
