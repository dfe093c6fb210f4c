from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest
from websockets.sync.server import Server, ServerConnection, serve

from support.doors import BrowserUnavailable
from support.doors._browser_identity import RequestHeaders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class DevTools:
    """A browser's half of the DevTools protocol: it confirms, and pauses one request of 3 MB."""

    def __init__(self) -> None:
        self.released: list[dict[str, Any]] = []
        self.done = threading.Event()

    def serve(self, connection: ServerConnection) -> None:
        """Answer one connection."""
        request = {"headers": {"Baggage": "the page's own", "Accept": "*/*"}, "postData": "x" * 3_000_000}
        paused = {"method": "Fetch.requestPaused", "params": {"requestId": "r1", "request": request}}
        for received in connection:
            call = json.loads(received)
            if call["method"] == "Fetch.continueRequest":
                self.released.append(call["params"])
                self.done.set()
            else:
                refused = {"error": {"message": "no"}} if call["method"] == "Fetch.disable" else {"result": {}}
                connection.send(json.dumps({"id": call["id"], **refused}))
                if call["method"] == "Fetch.enable":
                    connection.send(json.dumps(paused))


@pytest.fixture
def devtools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DevTools]:
    """DevTools as the profile in `tmp_path` tells of them, where the environment names a proxy that is dead."""
    for name in ("http_proxy", "https_proxy", "ws_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    made = DevTools()
    server: Server = serve(made.serve, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    (tmp_path / "DevToolsActivePort").write_text(f"{server.socket.getsockname()[1]}\n/devtools/browser/1")
    yield made
    server.shutdown()
    thread.join()


def test_a_request_of_any_size_goes_on_with_the_headers(devtools: DevTools, tmp_path: Path) -> None:
    """A paused request is let go with our headers in the place of its own of that name; no proxy is asked."""
    headers = RequestHeaders(tmp_path)
    headers.add(["http://shop"], lambda: {"baggage": "ours"})
    assert devtools.done.wait(5)
    headers.close()
    told = {"requestId": "r1", "headers": [{"name": "Accept", "value": "*/*"}, {"name": "baggage", "value": "ours"}]}
    assert devtools.released == [told]


@pytest.mark.usefixtures("devtools")
def test_a_refusal_and_the_end_of_the_browser_are_yellow(tmp_path: Path) -> None:
    """What the browser refuses is BrowserUnavailable in its words, and so is a call after the connection's end."""
    headers = RequestHeaders(tmp_path)
    with pytest.raises(BrowserUnavailable, match=r"refuses Fetch\.disable: no"):
        headers.stop()
    headers.close()
    with pytest.raises(BrowserUnavailable, match="has gone away"):
        headers.stop()


@pytest.mark.usefixtures("devtools")
def test_a_browser_may_say_late_where_its_devtools_listen(tmp_path: Path) -> None:
    """It is waited for until it has, whole."""
    file = tmp_path / "DevToolsActivePort"
    words = file.read_text()
    file.write_text(words.split()[0])
    threading.Timer(0.1, lambda: file.write_text(words)).start()
    headers = RequestHeaders(tmp_path)
    headers.add([], dict)
    headers.close()


def test_a_browser_that_never_says_is_yellow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the file is named that was waited for."""
    monkeypatch.setattr("support.doors._browser_identity._LIMIT", 0.05)
    with pytest.raises(BrowserUnavailable, match="DevToolsActivePort says where DevTools listen"):
        RequestHeaders(tmp_path)


def test_devtools_that_do_not_answer_are_yellow(tmp_path: Path) -> None:
    """A port where nobody listens is BrowserUnavailable with the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "DevToolsActivePort").write_text(f"{port}\n/devtools/browser/1")
    with pytest.raises(BrowserUnavailable, match=f"DevTools do not answer at ws://127.0.0.1:{port}/devtools/browser/1"):
        RequestHeaders(tmp_path)
