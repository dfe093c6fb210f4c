from __future__ import annotations

import json
from typing import TYPE_CHECKING

from support.core import Evidence, Redactor, RunIdentity, ScenarioIdentity, eventually
from support.doors import MailboxDoor, MessagesDoor

if TYPE_CHECKING:
    from support.system import SystemClient
    from tests.acceptance.journeys.conftest import Suite

JOURNEY = "An order placed on the website is paid, confirmed, written down, announced and mailed"
SERVICES = ("web", "accounts", "catalogue", "orders", "payments", "bank", "notifications", "reporting")


def baggage_of_messages_and_mails(system: SystemClient, identity: ScenarioIdentity) -> list[dict[str, str]]:
    """The baggage of every event of a scenario's shop, and of every mail to its customer."""
    onlooker, evidence = ScenarioIdentity(RunIdentity("onlooker", 1), "onlooker"), Evidence(Redactor())
    messages = MessagesDoor(system.addresses["broker"], onlooker, evidence)
    mailbox = MailboxDoor(system.addresses["mailbox"], onlooker, evidence)
    carried = [each.headers["baggage"] for each in messages.published(f"storefront.{identity.tenant}.>")]
    carried += [mail.headers["Baggage"][0] for mail in mailbox.mails(to=f"ada@{identity.tenant}.example")]
    messages.close()
    mailbox.close()
    return [dict(entry.strip().split("=", 1) for entry in baggage.split(",")) for baggage in carried]


def test_the_identity_of_a_scenario_reaches_every_service_log_message_and_mail(
    suite: Suite, system: SystemClient
) -> None:
    """One trace holds the spans of all services of an order; its log lines, events and mails name the scenario."""
    result = suite.behave("features/ordering", "--name", JOURNEY)
    assert result.returncode == 0, result.stdout + result.stderr
    scenario = suite.record().scenarios[0]
    ours = {"rehearsal.run": scenario.run_id, "rehearsal.scenario": scenario.scenario_id, "rehearsal.attempt": "1"}

    def all_services_have_reported() -> None:
        spans = system.call("spans.of", trace_id=scenario.trace_id, timeout=0)
        services = {span["service"] for span in spans}
        assert services >= set(SERVICES), services
        assert all(ours.items() <= span["attributes"].items() for span in spans if span["service"] == "orders")

    eventually(all_services_have_reported)
    carried = baggage_of_messages_and_mails(
        system, ScenarioIdentity(RunIdentity(scenario.run_id, 1), scenario.scenario_id)
    )
    assert carried == [ours] * 5, "three events and two mails"
    for part in SERVICES:
        lines = [json.loads(line) for line in system.logs(part, containing=scenario.trace_id)]
        assert lines, f"{part} has logged nothing of the scenario"
        assert all(line["baggage"] == ours for line in lines)


def test_the_same_seed_gives_the_same_scenarios_whatever_the_order(suite: Suite) -> None:
    """Ids and seeds of scenarios do not depend on the order in which they run."""
    found = []
    for order in ("as_written", "random"):
        suite.behave("features/accounts/sign_in.feature", "-D", "seed=4711", "-D", f"order={order}")
        found.append({each.scenario_id: (each.seed, each.verdict) for each in suite.record().scenarios})
    assert found[0] == found[1]
    assert len(found[0]) == 8
