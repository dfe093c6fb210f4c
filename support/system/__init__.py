"""Describe and provision: `system.toml`, its profiles and parts, and the control process that owns a started system."""

from typing import TYPE_CHECKING

from ..core import lazily

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
else:
    # Our small processes are modules of this package.
    __getattr__ = lazily(
        __name__,
        {
            "_client": "SystemClient",
            "_clock": "filled_clock",
            "_control": "serve",
            "_description": "load",
            "_guests": "Guest Handler HttpHandler HttpRequest HttpResponse LeaseInfo",
            "_mesh": "DECISION_PATH EDGE_HEADER TRACES_PATH",
            "_mesh_traffic": "DISTURBED_HEADER",
            "_model": "Clock Part Profile SystemDescription",
            "_reference_page": "reference",
            "_secrets": "given_secrets",
            "_status": "SystemStatus status stop",
            "_watching": "watch",
            "_watchman": "Watchman",
        },
    )

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
