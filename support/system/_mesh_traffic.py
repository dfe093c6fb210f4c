"""How the mesh guards the way to a service, in the terms of Envoy: retries, circuit breakers and outlier ejection.

All of it is the caller's side: each caller counts for itself, as each would with a mesh's sidecar of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

_Json = dict[str, Any]
_UNREACHED: Final = "x-rehearsal-unreached"
"""Put by a callee's inbound listener on the answer to a request of which nothing was sent to the service itself."""

DISTURBED_HEADER: Final = "x-rehearsal-disturbed"
"""Put by the decision point on every answer, on every edge, to a scenario that has arranged an accident."""

_BACK_OFF: Final = "0.025s"
_LOOK_EVERY: Final = "0.25s"  # whether somebody's ejection is over
_RETRIED: Final = "connect-failure,refused-stream,reset-before-request,retriable-headers"
_BREAKERS: Final = ("max_connections", "max_pending_requests", "max_requests")


@dataclass(frozen=True, slots=True)
class Traffic:
    """The policy for requests to one service; what is 0 is off, or as Envoy has it.

    `retry_budget` is in percent of the requests under way, `base_ejection_time` in seconds.
    """

    retries: int = 0
    retry_budget: float = 0
    max_connections: int = 0
    max_pending_requests: int = 0
    max_requests: int = 0
    consecutive_gateway_failures: int = 0
    base_ejection_time: float = 0


def retry_policy(traffic: Traffic) -> _Json:
    """For a caller's route: only what has not reached the service is sent again, so that nothing is done twice."""
    if not traffic.retries:
        return {}
    return {
        "retry_policy": {
            "retry_on": _RETRIED,
            "num_retries": traffic.retries,
            "retry_back_off": {"base_interval": _BACK_OFF},
            "retriable_headers": [{"name": _UNREACHED, "present_match": True}],
        }
    }


def guards(traffic: Traffic) -> _Json:
    """For a caller's cluster of one callee."""
    return {**_circuit_breakers(traffic), **_outlier_detection(traffic)}


def failures() -> _Json:
    """For the protocol options of a caller's cluster: which answers outlier detection takes for failures.

    Any 5xx, as by default, but for those to a disturbed scenario, which Envoy reports as successes.
    """
    status = {"name": ":status", "range_match": {"start": 500, "end": 600}}
    undisturbed = {"name": DISTURBED_HEADER, "present_match": False}
    return {"outlier_detection": {"error_matcher": {"http_response_headers_match": {"headers": [status, undisturbed]}}}}


def unreached_answers() -> _Json:
    """For an inbound listener: say so when no connection to the service could be made.

    The caller's side reaches this listener, which never dies, so its own `connect-failure` can tell nothing of it.
    """
    header = {"header": {"key": _UNREACHED, "value": "true"}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}
    never_connected = {"response_flag_filter": {"flags": ["UF"]}}
    return {"local_reply_config": {"mappers": [{"filter": never_connected, "headers_to_add": [header]}]}}


def without_marks() -> _Json:
    """For routes: what the listeners tell each other is nobody else's affair, and no service can tell it for them."""
    return {"response_headers_to_remove": [_UNREACHED, DISTURBED_HEADER]}


def _circuit_breakers(traffic: Traffic) -> _Json:
    limits: _Json = {name: limit for name in _BREAKERS if (limit := getattr(traffic, name))}
    if traffic.retry_budget:
        limits["retry_budget"] = {"budget_percent": {"value": traffic.retry_budget}}
    return {"circuit_breakers": {"thresholds": [limits]}} if limits else {}


def _outlier_detection(traffic: Traffic) -> _Json:
    """Gateway failures only (502, 503, 504); the one host there is may be ejected, and nobody is sent to it then.

    An ejection begins and ends when it is decided: by default Envoy gathers such news of a cluster for a second.
    """
    if not traffic.consecutive_gateway_failures:
        return {}
    detection: _Json = {
        "consecutive_gateway_failure": traffic.consecutive_gateway_failures,
        "enforcing_consecutive_gateway_failure": 100,
        "enforcing_consecutive_5xx": 0,
        "enforcing_success_rate": 0,
        "max_ejection_percent": 100,
        "interval": _LOOK_EVERY,
    }
    if traffic.base_ejection_time:
        detection["base_ejection_time"] = f"{traffic.base_ejection_time:g}s"
    at_once = {"healthy_panic_threshold": {"value": 0}, "update_merge_window": "0s"}
    return {"outlier_detection": detection, "common_lb_config": at_once}
