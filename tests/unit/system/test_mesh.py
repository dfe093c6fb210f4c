"""The configuration of the mesh."""

from __future__ import annotations

import json
from typing import Any

from support.system import DECISION_PATH, EDGE_HEADER, TRACES_PATH
from support.system._mesh import MeshPlan, MeshService, configuration


def plan(*hosted: str) -> MeshPlan:
    """Two services, of which `web` calls `orders`."""
    return MeshPlan(
        name="mesh",
        ingress=1,
        admin=2,
        guests=3,
        access_log="/log",
        routes={"/": "web", "/orders/": "orders"},
        services={"web": MeshService(10, 11, 12, ("orders",)), "orders": MeshService(20, 21, 22)},
        hosted=frozenset(hosted),
    )


def listener(name: str, *hosted: str) -> dict[str, Any]:
    """The connection manager of one listener."""
    listeners = configuration(plan(*hosted))["static_resources"]["listeners"]
    found: dict[str, Any] = next(each for each in listeners if each["name"] == name)
    manager: dict[str, Any] = found["filter_chains"][0]["filters"][0]["typed_config"]
    return manager


def filters(name: str, *hosted: str) -> list[str]:
    """The HTTP filters of one listener, in their order."""
    return [each["name"].rpartition(".")[2] for each in listener(name, *hosted)["http_filters"]]


def test_everything_listens_on_loopback_only() -> None:
    """No address of the configuration is another than 127.0.0.1."""
    text = json.dumps(configuration(plan(DECISION_PATH, TRACES_PATH)))
    assert text.count('"address": "') == text.count('"address": "127.0.0.1"')


def test_the_longest_route_comes_first() -> None:
    """A prefix that is part of another one does not hide it, whatever the order in the file."""
    routes = listener("ingress")["route_config"]["virtual_hosts"][0]["routes"]
    assert [route["match"]["prefix"] for route in routes] == ["/orders/", "/"]


def test_faults_happen_on_the_callees_side() -> None:
    """The fault filter is on the inbound listener only, behind the decision: a caller's retry meets it again."""
    assert filters("inbound.orders", DECISION_PATH) == ["ext_authz", "fault", "router"]
    assert filters("egress.web", DECISION_PATH) == ["router"]
    assert filters("ingress", DECISION_PATH) == ["router"]


def test_the_decision_point_is_asked_for_a_rehearsal_only() -> None:
    """A request without our baggage takes a route on which nobody is asked."""
    rehearsed, other = listener("inbound.orders", DECISION_PATH)["route_config"]["virtual_hosts"][0]["routes"]
    assert rehearsed["match"]["headers"] == [{"name": "baggage", "string_match": {"contains": "rehearsal."}}]
    assert other["typed_per_filter_config"]["envoy.filters.http.ext_authz"]["disabled"] is True


def test_without_a_decision_point_nobody_is_asked() -> None:
    """A control process that hosts no decision point gets a mesh that knows of none."""
    assert filters("inbound.orders") == ["fault", "router"]


def test_a_dead_decision_point_lets_requests_pass() -> None:
    """The mesh fails open: a broken tool must not look like a broken product."""
    assert listener("inbound.orders", DECISION_PATH)["http_filters"][0]["typed_config"]["failure_mode_allow"] is True


def test_the_caller_is_told_by_the_mesh_and_not_by_the_caller() -> None:
    """Egress and ingress overwrite the header that says who calls whom."""
    for name, edge in (("egress.web", "web->orders"), ("ingress", "mesh->orders")):
        text = json.dumps(listener(name)["route_config"])
        header = {"header": {"key": EDGE_HEADER, "value": edge}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}
        assert json.dumps(header) in text


def test_services_reach_what_they_declare_and_nothing_else() -> None:
    """The egress listener knows the callees by name, and tells everybody else what to declare."""
    hosts = listener("egress.web")["route_config"]["virtual_hosts"]
    assert [host["domains"] for host in hosts] == [["orders.mesh"], ["*"]]
    assert "is not among its 'calls'" in json.dumps(hosts[-1])


def test_spans_are_sent_where_somebody_takes_them() -> None:
    """Tracing is on at ingress and inbound listeners, and off without a receiver."""
    traced = [name for name in ("ingress", "inbound.web", "egress.web") if "tracing" in listener(name, TRACES_PATH)]
    assert traced == ["ingress", "inbound.web"]
    assert "tracing" not in listener("ingress")
