"""What several attempts at one scenario come to."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ._verdict import FLAKY, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ._lines import ScenarioRecord

BAD: Final[tuple[Verdict, ...]] = ("failed", "broken")
"""What is red, and what is yellow: of several attempts, the first of these is not hidden by the others."""

ATTEMPTS: Final = "attempts"
"""Under which name the facts of an outcome hold the verdicts of all its attempts, if there were several."""


def by_scenario(records: Iterable[ScenarioRecord]) -> Mapping[str, Sequence[ScenarioRecord]]:
    """All attempts by the id of their scenario, the first first."""
    found: dict[str, list[ScenarioRecord]] = {}
    for record in records:
        found.setdefault(record.scenario_id, []).append(record)
    return {name: sorted(each, key=lambda record: record.attempt) for name, each in found.items()}


def judged(attempts: Sequence[ScenarioRecord], *, repeated: bool) -> ScenarioRecord:
    """The attempt that counts.

    It is the last one, with the status `flaky` if it passed after one that went badly. Where that does not excuse
    anything, because the last went badly too or a scenario was `repeated` to see whether it passes each time, it is the
    last red one or, if none is red, the last yellow one.
    """
    last = attempts[-1]
    bad = {verdict: [each for each in attempts if each.verdict == verdict] for verdict in BAD}
    if len(attempts) == 1 or not any(bad.values()):
        return last
    facts = {**last.facts, ATTEMPTS: [each.verdict for each in attempts]}
    if last.verdict == "passed" and not repeated:
        first = next(each for each in attempts if each.verdict in BAD)
        reason = f"Passed in attempt {last.attempt}; attempt {first.attempt} {_went(first)}."
        return replace(last, status=FLAKY, reason=reason, facts=facts)
    counting = (bad["failed"] or bad["broken"])[-1]
    often = f"({sum(map(len, bad.values()))} of {len(attempts)} attempts went badly)"
    return replace(
        counting, reason=f"{counting.reason} {often}".strip(), facts={**counting.facts, ATTEMPTS: facts[ATTEMPTS]}
    )


def in_words(verdicts: Sequence[str]) -> str:
    """What became of the attempts at a scenario: `2 failed, 3 passed (of 5)`; empty if there was one."""
    if len(verdicts) < 2:  # noqa: PLR2004 - one attempt is no news
        return ""
    told = [f"{count} {verdict}" for verdict, count in Counter(verdicts).items()]
    return f"{', '.join(told)} (of {len(verdicts)})"


def _went(record: ScenarioRecord) -> str:
    words = "failed" if record.verdict == "failed" else "was broken"
    return f"{words}: {record.reason}" if record.reason else words
