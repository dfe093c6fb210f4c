"""Describe and provision: `system.toml`, its profiles and parts, and the control process that owns a started system."""

from ._client import SystemClient
from ._control import serve
from ._description import load
from ._guests import Guest, Handler, HttpHandler, HttpRequest, HttpResponse, LeaseInfo
from ._mesh import DECISION_PATH, EDGE_HEADER, TRACES_PATH
from ._model import Part, Profile, SystemDescription
from ._status import SystemStatus, status, stop

__all__ = [
    "DECISION_PATH",
    "EDGE_HEADER",
    "TRACES_PATH",
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
    "load",
    "serve",
    "status",
    "stop",
]
