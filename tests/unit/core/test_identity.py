import re

from support.core import RunIdentity, ScenarioIdentity, new_run, stable_id


def test_an_id_stays_when_scenarios_are_reordered_and_rows_are_added() -> None:
    """Only the promise's own names and its row's contents enter the id."""
    row = {"pieces": "99", "total": "£519.75"}
    assert stable_id("f", "r", "s", row) == stable_id("f", "r", "s", dict(reversed(row.items())))
    assert stable_id("f", "r", "s", row) != stable_id("f", "r", "s", {"pieces": "1", "total": "£5.25"})
    assert re.fullmatch("[0-9a-f]{12}", stable_id("f", "r", "s"))


def test_a_given_id_survives_renaming_and_moving() -> None:
    """`@id:` replaces the path and all names, and still tells the rows of an outline apart."""
    assert stable_id("old", "r", "s", given="checkout") == stable_id("new", "x", "y", given="checkout") == "checkout"
    row = {"pieces": "1"}
    assert stable_id("old", "r", "s", row, given="checkout") == stable_id("new", "x", "y", row, given="checkout")
    assert stable_id("a", "", "", row, given="checkout") != stable_id("a", "", "", {"pieces": "2"}, given="checkout")


def test_names_that_run_together_stay_apart() -> None:
    """The boundary between rule and scenario is part of the id."""
    assert stable_id("f", "ab", "c") != stable_id("f", "a", "bc")


def test_everything_of_a_scenario_follows_from_run_id_and_attempt() -> None:
    """Two workers that are handed the same scenario derive the same identity."""
    one = ScenarioIdentity(RunIdentity("abcdefgh", 7), "place-an-order", attempt=2)
    two = ScenarioIdentity(RunIdentity("abcdefgh", 7), "place-an-order", attempt=2)
    assert (one.trace_id, one.seed, one.tenant) == (two.trace_id, two.seed, two.tenant)
    assert one.tenant.startswith("abcdefgh-")
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{1,38}", one.tenant)


def test_the_seed_of_data_depends_on_nothing_but_seed_and_scenario() -> None:
    """The same seed gives the same data in every run and at every attempt."""
    first = ScenarioIdentity(RunIdentity("aaaaaaaa", 7), "s", attempt=1)
    again = ScenarioIdentity(RunIdentity("bbbbbbbb", 7), "s", attempt=2)
    other = ScenarioIdentity(RunIdentity("aaaaaaaa", 8), "s", attempt=1)
    assert first.seed == again.seed != other.seed
    assert first.trace_id != again.trace_id
    assert first.tenant != again.tenant


def test_headers_are_valid_trace_context_and_baggage() -> None:
    """Every request has a parent span of its own within the scenario's one trace, sampled, and names who asks."""
    identity = ScenarioIdentity(RunIdentity("abcdefgh", 7), "a b,c")
    first, second = identity.headers(), identity.headers()
    assert re.fullmatch(rf"00-{identity.trace_id}-[0-9a-f]{{16}}-01", first["traceparent"])
    assert first["traceparent"] != second["traceparent"]
    assert first["baggage"] == "rehearsal.run=abcdefgh,rehearsal.scenario=a%20b%2Cc,rehearsal.attempt=1"


def test_runs_never_share_an_id_and_keep_a_given_seed() -> None:
    """Run ids are drawn by chance, begin with a letter and are safe in names of hosts, files and tenants."""
    ids = {new_run(5).run_id for _ in range(500)}
    assert len(ids) == 500
    assert all(re.fullmatch("[a-z][a-z0-9]{7}", each) for each in ids)
    assert new_run(5).seed == 5
    assert 0 <= new_run().seed < 1_000_000
