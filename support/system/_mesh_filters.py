"""The filters of the mesh's listeners, as Envoy wants them written."""

from __future__ import annotations

from typing import Any, Final

_Json = dict[str, Any]
_FILTERS: Final = "type.googleapis.com/envoy.extensions.filters.http"
_DECISIONS: Final = "envoy.filters.http.ext_authz"
OURSELVES: Final = "rehearsal"
"""The cluster that is the control process; telemetry knows the mesh's own requests by it."""

_LONGEST_HOLD: Final = "60s"

ROUTER: Final = {
    "name": "envoy.filters.http.router",
    "typed_config": {"@type": f"{_FILTERS}.router.v3.Router"},
}


def decisions(server: str, path: str, edge_header: str, mark: str) -> _Json:
    """Ask the decision point; it answers 200 with the headers that the fault filter obeys. If it is gone: go on.

    Its `mark` goes onto the answer to the request, whether that comes from the service or from the fault filter.
    """
    return {
        "name": _DECISIONS,
        "typed_config": {
            "@type": f"{_FILTERS}.ext_authz.v3.ExtAuthz",
            "http_service": {
                "server_uri": {"uri": server, "cluster": OURSELVES, "timeout": _LONGEST_HOLD},
                "path_prefix": path,
                "authorization_response": {
                    "allowed_upstream_headers": {"patterns": [{"prefix": "x-envoy-fault-"}]},
                    "allowed_client_headers_on_success": {"patterns": [{"exact": mark}]},
                },
            },
            "allowed_headers": {"patterns": [{"exact": name} for name in ("baggage", "traceparent", edge_header)]},
            "failure_mode_allow": True,
        },
    }


def not_decided() -> _Json:
    """For a route on which the decision point is not asked."""
    return {_DECISIONS: {"@type": f"{_FILTERS}.ext_authz.v3.ExtAuthzPerRoute", "disabled": True}}


def faults() -> _Json:
    """Aborts and delays, as the headers `x-envoy-fault-abort-request` and `x-envoy-fault-delay-request` say."""
    return {
        "name": "envoy.filters.http.fault",
        "typed_config": {
            "@type": f"{_FILTERS}.fault.v3.HTTPFault",
            "delay": {"header_delay": {}, "percentage": {"numerator": 100}},
            "abort": {"header_abort": {}, "percentage": {"numerator": 100}},
        },
    }


def tracing(mesh: str, collector: str, edge_header: str) -> _Json:
    """A span for every request, sent as OTLP over HTTP."""
    return {
        "provider": {
            "name": "envoy.tracers.opentelemetry",
            "typed_config": {
                "@type": "type.googleapis.com/envoy.config.trace.v3.OpenTelemetryConfig",
                "service_name": mesh,
                "http_service": {"http_uri": {"uri": collector, "cluster": OURSELVES, "timeout": "1s"}},
            },
        },
        "custom_tags": [{"tag": "mesh.edge", "request_header": {"name": edge_header}}],
        "random_sampling": {"value": 100},
    }


def access_log(path: str, listener: str, edge_header: str) -> _Json:
    """One JSON object a request."""
    return {
        "name": "envoy.access_loggers.file",
        "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
            "path": path,
            "log_format": {
                "json_format": {
                    "time": "%START_TIME%",
                    "listener": listener,
                    "edge": f"%REQ({edge_header})%",
                    "method": "%REQ(:METHOD)%",
                    "path": "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%",
                    "status": "%RESPONSE_CODE%",
                    "flags": "%RESPONSE_FLAGS%",
                    "details": "%RESPONSE_CODE_DETAILS%",
                    "duration_ms": "%DURATION%",
                    "attempts": "%UPSTREAM_REQUEST_ATTEMPT_COUNT%",
                    "traceparent": "%REQ(TRACEPARENT)%",
                    "baggage": "%REQ(BAGGAGE)%",
                }
            },
        },
    }
