"""Describe and provision: `system.toml`, its profiles and parts, and the control process that owns a started system."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._client import SystemClient
    from ._clock import filled_clock
    from ._control import serve
    from ._description import load
    from ._guests import Guest, Handler, HttpHandler, HttpRequest, HttpResponse, LeaseInfo
    from ._mesh import DECISION_PATH, EDGE_HEADER, TRACES_PATH
    from ._mesh_traffic import DISTURBED_HEADER
    from ._model import Clock, Part, Profile, SystemDescription
    from ._reference_page import reference
    from ._secrets import given_secrets
    from ._status import SystemStatus, status, stop
    from ._watching import watch
    from ._watchman import Watchman

__all__ = [
    "DECISION_PATH",
    "DISTURBED_HEADER",
    "EDGE_HEADER",
    "TRACES_PATH",
    "Clock",
    "Guest",
    "Handler",
    "HttpHandler",
    "HttpRequest",
    "HttpResponse",
    "LeaseInfo",
    "Part",
    "Profile",
    "SystemClient",
    "SystemDescription",
    "SystemStatus",
    "Watchman",
    "filled_clock",
    "given_secrets",
    "load",
    "reference",
    "serve",
    "status",
    "stop",
    "watch",
]

_HOMES = {
    "Clock": "_model",
    "DECISION_PATH": "_mesh",
    "DISTURBED_HEADER": "_mesh_traffic",
    "EDGE_HEADER": "_mesh",
    "Guest": "_guests",
    "Handler": "_guests",
    "HttpHandler": "_guests",
    "HttpRequest": "_guests",
    "HttpResponse": "_guests",
    "LeaseInfo": "_guests",
    "Part": "_model",
    "Profile": "_model",
    "SystemClient": "_client",
    "SystemDescription": "_model",
    "SystemStatus": "_status",
    "TRACES_PATH": "_mesh",
    "Watchman": "_watchman",
    "filled_clock": "_clock",
    "given_secrets": "_secrets",
    "load": "_description",
    "reference": "_reference_page",
    "serve": "_control",
    "status": "_status",
    "stop": "_status",
    "watch": "_watching",
}


def __getattr__(name: str) -> object:
    """Import a name when it is asked for: our small processes are modules of this package and need little of it."""
    from importlib import import_module

    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
