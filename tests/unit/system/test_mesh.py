"""The configuration of the mesh."""

from __future__ import annotations

import json
from typing import Any

from support.system import DECISION_PATH, DISTURBED_HEADER, EDGE_HEADER, TRACES_PATH
from support.system._mesh import MeshPlan, MeshService, configuration
from support.system._mesh_traffic import Traffic

GUARDED = Traffic(
    retries=2,
    retry_budget=20,
    max_connections=3,
    max_pending_requests=4,
    max_requests=5,
    consecutive_gateway_failures=6,
    base_ejection_time=0.5,
)


def plan(*hosted: str, traffic: Traffic | None = None) -> MeshPlan:
    """Two services, of which `web` calls `orders`; `traffic` is the policy for `orders`."""
    return MeshPlan(
        name="mesh",
        ingress=1,
        admin=2,
        guests=3,
        access_log="/log",
        routes={"/": "web", "/orders/": "orders"},
        services={
            "web": MeshService(10, 11, 12, ("orders",)),
            "orders": MeshService(20, 21, 22, traffic=traffic or Traffic()),
        },
        hosted=frozenset(hosted),
    )


def listener(name: str, *hosted: str, traffic: Traffic | None = None) -> dict[str, Any]:
    """The connection manager of one listener."""
    listeners = configuration(plan(*hosted, traffic=traffic))["static_resources"]["listeners"]
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


def clusters(traffic: Traffic | None = None) -> dict[str, dict[str, Any]]:
    """The clusters by their names."""
    return {each["name"]: each for each in configuration(plan(traffic=traffic))["static_resources"]["clusters"]}


def test_every_caller_has_a_cluster_of_its_own_for_each_callee() -> None:
    """What a cluster counts is counted by edge; the way from the inbound listener to the service counts nothing."""
    named = set(clusters(GUARDED))
    assert {"mesh->web", "mesh->orders", "web->orders"} == {name for name in named if "->" in name}
    assert "circuit_breakers" not in clusters(GUARDED)["orders-itself"]
    routed = listener("egress.web")["route_config"]["virtual_hosts"][0]["routes"][0]["route"]["cluster"]
    assert routed == "web->orders"


def test_what_is_not_said_is_off() -> None:
    """Without a policy nothing is tried again, limited or ejected otherwise than Envoy does by itself."""
    text = json.dumps(configuration(plan()))
    assert not [word for word in ("retry_policy", "circuit_breakers") if word in text]
    assert not [name for name, cluster in clusters().items() if "outlier_detection" in cluster]


def test_a_policy_is_of_every_edge_to_its_service_and_of_no_other() -> None:
    """Breakers, ejection and retries stand on the callers' side, from outside and between services."""
    found = clusters(GUARDED)
    assert {name for name, cluster in found.items() if "circuit_breakers" in cluster} == {"mesh->orders", "web->orders"}
    assert found["web->orders"]["circuit_breakers"]["thresholds"] == [
        {
            "max_connections": 3,
            "max_pending_requests": 4,
            "max_requests": 5,
            "retry_budget": {"budget_percent": {"value": 20}},
        }
    ]
    (to_orders, to_web) = listener("ingress", traffic=GUARDED)["route_config"]["virtual_hosts"][0]["routes"]
    assert to_orders["route"]["retry_policy"]["num_retries"] == 2
    assert "retry_policy" not in to_web["route"]


def test_only_gateway_failures_eject_and_the_only_host_can_be() -> None:
    """Envoy's own rules (five errors of any kind, panic when most are ejected, news a second late) are off."""
    cluster = clusters(GUARDED)["web->orders"]
    detection = cluster["outlier_detection"]
    assert (detection["consecutive_gateway_failure"], detection["base_ejection_time"]) == (6, "0.5s")
    assert detection["enforcing_consecutive_gateway_failure"] == detection["max_ejection_percent"] == 100
    assert detection["enforcing_consecutive_5xx"] == detection["enforcing_success_rate"] == 0
    assert cluster["common_lb_config"] == {"healthy_panic_threshold": {"value": 0}, "update_merge_window": "0s"}


def test_what_a_disturbed_scenario_fails_at_is_no_failure_of_any_edge() -> None:
    """Every caller's cluster counts 5xx without the mark only; the decision point alone may set it, and nobody sees it.

    Whatever a service says itself is taken off at its inbound listener, and the mark by the caller's listener.
    """
    for cluster in (each for name, each in clusters(GUARDED).items() if "->" in name):
        (options,) = cluster["typed_extension_protocol_options"].values()
        assert options["outlier_detection"]["error_matcher"]["http_response_headers_match"]["headers"] == [
            {"name": ":status", "range_match": {"start": 500, "end": 600}},
            {"name": DISTURBED_HEADER, "present_match": False},
        ]
    for name in ("inbound.orders", "egress.web", "ingress"):
        for route in listener(name, DECISION_PATH)["route_config"]["virtual_hosts"][0]["routes"]:
            assert route["response_headers_to_remove"] == ["x-rehearsal-unreached", DISTURBED_HEADER]
    response = listener("inbound.orders", DECISION_PATH)["http_filters"][0]["typed_config"]["http_service"]
    told = response["authorization_response"]["allowed_client_headers_on_success"]["patterns"]
    assert told == [{"exact": DISTURBED_HEADER}]


def test_nothing_that_may_have_been_done_is_sent_again() -> None:
    """Retries know no status and no lost answer: only that nothing was sent to the service."""
    for name in ("egress.web", "ingress"):
        policy = listener(name, traffic=GUARDED)["route_config"]["virtual_hosts"][0]["routes"][0]["route"][
            "retry_policy"
        ]
        assert policy["retry_on"].split(",") == [
            "connect-failure",
            "refused-stream",
            "reset-before-request",
            "retriable-headers",
        ]
        assert policy["retriable_headers"] == [{"name": "x-rehearsal-unreached", "present_match": True}]
    (mapper,) = listener("inbound.orders")["local_reply_config"]["mappers"]
    assert mapper["filter"] == {"response_flag_filter": {"flags": ["UF"]}}
