"""The identity on a browser's requests: on those to the system's own origins, and on no others.

It is added through the DevTools protocol (the Fetch domain of the whole browser), on a connection and a thread of our
own, and not by Playwright's `route`. That answers every CORS preflight itself, so that a system with broken CORS would
pass; carries its headers over redirects, so that third parties would get them; and needs the main thread, so that a
request would stand still while a step waits for its effect in a store.
"""

from __future__ import annotations

import json
import threading
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from ..core import RehearsalError, wait_until
from ._browser_errors import BrowserUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_LIMIT = 5.0  # seconds for the browser to confirm
_WORDS = 2


class RequestHeaders:
    """Adds headers to the requests of one browser; `profile` is the browser's user data folder."""

    def __init__(self, profile: Path) -> None:
        port, path = _address(profile / "DevToolsActivePort")
        self._open = ExitStack()
        self._connection = _connected(self._open, f"ws://127.0.0.1:{port}{path}")
        self._headers: Callable[[], Mapping[str, str]] = dict
        self._calls, self._sending = 0, threading.Lock()
        self._awaited: dict[int, Future[Mapping[str, Any]]] = {}
        self._thread = threading.Thread(target=self._serve, name="rehearsal-browser-identity", daemon=True)
        self._thread.start()

    def add(self, origins: Sequence[str], headers: Callable[[], Mapping[str, str]]) -> None:
        """From now on, ask for `headers` at every request to one of the origins, and add them to it.

        It replaces what was added before: one scenario at a time has a browser.
        """
        self._headers = headers
        self._switch("Fetch.enable", patterns=[{"urlPattern": f"{origin}/*"} for origin in origins])

    def stop(self) -> None:
        """From now on, leave all requests alone."""
        self._switch("Fetch.disable")

    def close(self) -> None:
        """End the connection and the thread."""
        self._open.close()
        self._thread.join(_LIMIT)

    def _switch(self, method: str, **params: object) -> None:
        """Call and await the browser's confirmation."""
        confirmed: Future[Mapping[str, Any]] = Future()
        try:
            self._send(method, params, confirmed)
            answer = confirmed.result(_LIMIT)
        except TimeoutError:
            msg = f"it did not confirm {method} within {_LIMIT:g} s."
            raise BrowserUnavailable(msg) from None
        except ConnectionClosed as error:
            msg = f"it has gone away ({error})."
            raise BrowserUnavailable(msg) from error
        if "error" in answer:
            msg = f"it refuses {method}: {answer['error'].get('message')}."
            raise BrowserUnavailable(msg)

    def _send(
        self, method: str, params: Mapping[str, object], confirmed: Future[Mapping[str, Any]] | None = None
    ) -> None:
        with self._sending:
            self._calls += 1
            if confirmed is not None:
                self._awaited[self._calls] = confirmed
            self._connection.send(json.dumps({"id": self._calls, "method": method, "params": params}))

    def _serve(self) -> None:
        try:
            for received in self._connection:
                message = json.loads(received)
                if message.get("method") == "Fetch.requestPaused":
                    self._let_go(message["params"])
                elif confirmed := self._awaited.pop(message.get("id"), None):
                    confirmed.set_result(message)
        except ConnectionClosed:
            return  # in the middle of something: nobody is left to serve

    def _let_go(self, paused: Mapping[str, Any]) -> None:
        added = self._headers()
        own = {name.lower() for name in added}
        headers = {name: value for name, value in paused["request"]["headers"].items() if name.lower() not in own}
        told = [{"name": name, "value": value} for name, value in {**headers, **added}.items()]
        self._send("Fetch.continueRequest", {"requestId": paused["requestId"], "headers": told})


def _address(file: Path) -> list[str]:
    """Port and path, which a browser writes down when its DevTools listen: that may be after it has started."""

    def told() -> list[str] | None:
        with suppress(FileNotFoundError):
            words = file.read_text(encoding="ascii").split()
            return words if len(words) == _WORDS else None
        return None

    try:
        return wait_until(told, limit=_LIMIT, what=f"{file} says where DevTools listen")
    except RehearsalError as error:
        raise BrowserUnavailable(str(error)) from None


def _connected(until: ExitStack, url: str) -> ClientConnection:
    """A connection to the browser on this machine: by no proxy, and for requests of any size."""
    try:
        return until.enter_context(
            connect(
                url,
                proxy=None,
                max_size=None,
                compression=None,
                ping_interval=None,
                open_timeout=_LIMIT,
                close_timeout=1,
            )
        )
    except (OSError, InvalidHandshake) as error:
        msg = f"its DevTools do not answer at {url} ({error})."
        raise BrowserUnavailable(msg) from error
