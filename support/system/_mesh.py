"""The configuration of the mesh: Envoy in front of the services and between them.

A request from one service to another passes the caller's egress listener, which says who calls whom, and the callee's
inbound listener, where the decision point is asked (only for requests of a rehearsal) and faults happen: so a retry of
the caller's side meets the fault again. Requests from outside pass the ingress and the same inbound listeners. Each
caller has a cluster of its own for each callee, as with a sidecar of its own: what is counted there is counted by edge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ._mesh_filters import OURSELVES, ROUTER, access_log, decisions, faults, not_decided, tracing
from ._mesh_traffic import DISTURBED_HEADER, Traffic, failures, guards, retry_policy, unreached_answers, without_marks
from ._ports import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EDGE_HEADER: Final = "x-rehearsal-edge"
"""Says who calls whom: `orders->accounts`; requests from outside come from the mesh: `mesh->orders`."""

DECISION_PATH: Final = "/mesh/decisions"
"""Where the mesh asks what shall happen to a request of a rehearsal (Envoy's ext_authz over HTTP)."""

TRACES_PATH: Final = "/v1/traces"
"""Where spans are sent: OTLP over HTTP."""

_Json = dict[str, Any]
_NETWORK: Final = "envoy.extensions.filters.network.http_connection_manager"
_NO_LIMIT: Final = "0s"  # time-outs are the system's own affair
_KEPT_FOR: Final = "1s"  # an idle connection to a service, which is given up before the service gives it up
_OF_A_REHEARSAL: Final = {"name": "baggage", "string_match": {"contains": "rehearsal."}}


@dataclass(frozen=True, slots=True)
class MeshService:
    """One service: its port, the listeners before and behind it, whom it calls, and how the way to it is guarded."""

    port: int
    inbound: int
    egress: int
    calls: tuple[str, ...] = ()
    traffic: Traffic = field(default_factory=Traffic)


@dataclass(frozen=True, slots=True)
class MeshPlan:
    """Everything that the configuration follows from; `guests` is the control process's HTTP port."""

    name: str
    ingress: int
    admin: int
    guests: int
    access_log: str
    routes: Mapping[str, str]
    services: Mapping[str, MeshService]
    hosted: frozenset[str] = field(default_factory=frozenset)


def configuration(plan: MeshPlan) -> _Json:
    """Envoy's bootstrap configuration."""
    listeners = [_ingress(plan)]
    clusters = [_cluster(OURSELVES, plan.guests)]
    for name, service in plan.services.items():
        listeners += [_inbound(plan, name, service), _egress(plan, name, service)]
        kept = {"common_http_protocol_options": {"idle_timeout": _KEPT_FOR}}
        clusters.append(_cluster(f"{name}-itself", service.port, kept))
    for caller, callee in _edges(plan):
        service = plan.services[callee]
        cluster = _cluster(_edge_name(caller, callee), service.inbound, failures())
        clusters.append({**cluster, **guards(service.traffic)})
    return {
        "node": {"id": plan.name, "cluster": plan.name},
        "admin": {"address": _address(plan.admin)},
        "static_resources": {"listeners": listeners, "clusters": clusters},
        "layered_runtime": {
            "layers": [{"name": "static", "static_layer": {"tracing.opentelemetry.min_flush_spans": 1}}]
        },
    }


def _edges(plan: MeshPlan) -> Iterator[tuple[str, str]]:
    """Who calls whom, each pair once."""
    yield from ((plan.name, callee) for callee in dict.fromkeys(plan.routes.values()))
    yield from ((caller, callee) for caller, service in plan.services.items() for callee in service.calls)


def _ingress(plan: MeshPlan) -> _Json:
    longest_first = sorted(plan.routes.items(), key=lambda route: len(route[0]), reverse=True)
    routes = [
        {
            **_guarded(plan, plan.name, callee, prefix),
            "decorator": {"operation": f"enter at {callee}", "propagate": False},
        }
        for prefix, callee in longest_first
    ]
    hosts = [{"name": "all", "domains": ["*"], "routes": routes}]
    return _listener(plan, "ingress", plan.ingress, hosts, traced=True)


def _egress(plan: MeshPlan, caller: str, service: MeshService) -> _Json:
    hosts: list[_Json] = [
        {
            "name": callee,
            "domains": [f"{callee}.mesh"],
            "routes": [_guarded(plan, caller, callee)],
        }
        for callee in service.calls
    ]
    told = f"{caller} calls a host that is not among its 'calls' in system.toml."
    nobody = {"match": {"prefix": "/"}, "direct_response": {"status": 502, "body": {"inline_string": told}}}
    hosts.append({"name": "nobody", "domains": ["*"], "routes": [nobody]})
    return _listener(plan, f"egress.{caller}", service.egress, hosts)


def _inbound(plan: MeshPlan, name: str, service: MeshService) -> _Json:
    itself = {**_route(f"{name}-itself"), **without_marks()}
    itself["request_headers_to_remove"] = ["x-envoy-fault-abort-request", "x-envoy-fault-delay-request"]
    itself["decorator"] = {"operation": f"to {name}", "propagate": False}
    routes, filters = [itself], [faults()]
    if DECISION_PATH in plan.hosted:
        rehearsed = {**itself, "match": {"prefix": "/", "headers": [_OF_A_REHEARSAL]}}
        routes = [rehearsed, {**itself, "typed_per_filter_config": not_decided()}]
        server = f"http://{HOST}:{plan.guests}"
        filters = [decisions(server, DECISION_PATH, EDGE_HEADER, DISTURBED_HEADER), faults()]
    hosts = [{"name": name, "domains": ["*"], "routes": routes}]
    told = {"http_filters": [*filters, ROUTER], **unreached_answers()}
    return _listener(plan, f"inbound.{name}", service.inbound, hosts, told, traced=True)


def _listener(
    plan: MeshPlan, name: str, port: int, hosts: list[_Json], more: _Json | None = None, *, traced: bool = False
) -> _Json:
    manager: _Json = {
        "@type": f"type.googleapis.com/{_NETWORK}.v3.HttpConnectionManager",
        "stat_prefix": name,
        "server_header_transformation": "PASS_THROUGH",
        "strip_any_host_port": True,
        "route_config": {"name": name, "virtual_hosts": hosts},
        "http_filters": [ROUTER],
        "access_log": [access_log(plan.access_log, name, EDGE_HEADER)],
        **(more or {}),
    }
    if traced and TRACES_PATH in plan.hosted:
        manager["tracing"] = tracing(plan.name, f"http://{HOST}:{plan.guests}{TRACES_PATH}", EDGE_HEADER)
    network = {"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}
    return {"name": name, "address": _address(port), "filter_chains": [{"filters": [network]}]}


def _route(cluster: str, prefix: str = "/") -> _Json:
    return {"match": {"prefix": prefix}, "route": {"cluster": cluster, "timeout": _NO_LIMIT}}


def _guarded(plan: MeshPlan, caller: str, callee: str, prefix: str = "/") -> _Json:
    """The way of one caller to one callee, which the callee is told of."""
    name = _edge_name(caller, callee)
    route = _route(name, prefix)
    route["route"] |= retry_policy(plan.services[callee].traffic)
    edge = {"header": {"key": EDGE_HEADER, "value": name}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}
    return {**route, "request_headers_to_add": [edge], **without_marks()}


def _edge_name(caller: str, callee: str) -> str:
    return f"{caller}->{callee}"


def _cluster(name: str, port: int, options: _Json | None = None) -> _Json:
    """A cluster of one; `options` are of its protocol, HTTP/1."""
    endpoint = {"endpoint": {"address": _address(port)}}
    cluster: _Json = {
        "name": name,
        "type": "STATIC",
        "connect_timeout": "1s",
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [endpoint]}]},
    }
    if options:
        kind = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
        cluster["typed_extension_protocol_options"] = {
            kind: {
                "@type": f"type.googleapis.com/{kind}",
                "explicit_http_config": {"http_protocol_options": {}},
                **options,
            }
        }
    return cluster


def _address(port: int) -> _Json:
    return {"socket_address": {"address": HOST, "port_value": port}}
