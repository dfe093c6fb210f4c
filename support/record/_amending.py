"""What becomes of a scenario's record when a later hook or clean-up fails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ._verdict import verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._lines import Amendment, FixtureRecord, ScenarioRecord


def amended(record: ScenarioRecord, amendment: Amendment, fixtures: Iterable[FixtureRecord] = ()) -> ScenarioRecord:
    """A record with what is known since: red stays red, for a broken clean-up does not hide what the product did.

    `fixtures` are the hooks and clean-ups of the run: where behave has kept no word of an error, they tell it.
    """
    if record.status == amendment.status:  # what ended so has told why
        return record
    status = record.status if record.verdict == "failed" else amendment.status
    why = reason_of(amendment, fixtures, told=record.reason)
    if not record.reason or verdict_of(record.status) == "not run":
        return replace(record, status=status, reason=why)
    if why in record.reason:
        return replace(record, status=status)
    afterwards = "; ".join(filter(None, (record.afterwards, why)))
    return replace(record, status=status, reason=f"{record.reason}; {why}", afterwards=afterwards)


def reason_of(amendment: Amendment, fixtures: Iterable[FixtureRecord], told: str = "") -> str:
    """Why a scenario ended otherwise than was recorded: in the runner's words or, where it has none, the hooks' own.

    What is `told` already is not said again.
    """
    seen = [each for each in fixtures if (each.of, each.attempt) == (amendment.scenario_id, amendment.attempt)]
    troubles = [_words(each) for each in seen if each.status != "passed" and _first_line(each) not in told]
    return amendment.reason or "; ".join(troubles) or f"It ended as {amendment.status} after its record was written."


def _words(fixture: FixtureRecord) -> str:
    kind = fixture.error_type if fixture.status != "failed" else ""
    return ": ".join(dict.fromkeys(filter(None, (fixture.name, kind, _first_line(fixture)))))


def _first_line(fixture: FixtureRecord) -> str:
    return (fixture.error or fixture.error_type).partition("\n")[0]
