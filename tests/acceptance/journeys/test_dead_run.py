from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from support.core import eventually, wait_until
from support.record import read_record

if TYPE_CHECKING:
    from support.system import SystemClient
    from tests.acceptance.journeys.conftest import Suite


def customers_of(system: SystemClient, run_id: str) -> int:
    """How many customers of a run's shops stand in the books."""
    address = system.addresses["database"].replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(f"{address}/storefront")
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT count(*) FROM accounts.customer WHERE starts_with(shop, :run)"), {"run": run_id}
        ).scalar_one()
    engine.dispose()
    return int(found)


def test_a_killed_run_leaves_a_readable_record_and_a_system_that_is_clear_of_it(
    suite: Suite, system: SystemClient
) -> None:
    """After SIGKILL the record names the scenario it died in, and the system that stays up has lost the run's rows."""
    process = suite.start("features/ordering", "features/accounts")
    latest = suite.reports / "latest" / "record.jsonl"

    def under_way() -> bool:
        run = read_record(latest)
        return len(run.interrupted_in) == 1 and customers_of(system, run.started.run_id) > 0

    wait_until(
        lambda: latest.exists() and under_way(),
        limit=30,
        what="the run has a scenario under way and a customer in the books",
    )
    process.send_signal(signal.SIGKILL)
    process.wait()
    run = suite.record()
    assert not run.complete
    died_in = {each.scenario_id for each in run.interrupted_in}
    assert len(died_in) <= 1
    assert {each.scenario_id for each in run.scenarios if each.verdict == "broken"} == died_in
    assert {each.verdict for each in run.scenarios if each.scenario_id not in died_in} <= {"passed", "not run"}

    def cleared() -> None:
        left = customers_of(system, run.started.run_id)
        assert left == 0, f"{left} customers of the dead run"

    eventually(cleared)


def test_a_system_that_stays_up_is_clear_of_a_run_that_ended_well(suite: Suite, system: SystemClient) -> None:
    """A run's rows go with its lease, so that runs do not add up in a system that others share."""
    assert suite.behave("features/accounts/sign_in.feature").returncode == 0
    run_id = suite.record().started.run_id
    eventually(lambda: _none(customers_of(system, run_id)))


def _none(count: int) -> None:
    assert count == 0, f"{count} customers are left"
