"""What passed only when it was repeated: each with what went wrong before it passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .._flaky import attempts_in_words, flaky
from .._plain_text import lasting, one_line
from ._evidence import evidence
from ._markup import Html, element, facts, joined, section
from ._verdict import CLASSES

if TYPE_CHECKING:
    from ...record import Run
    from .._failure import Failure
    from .._flaky import Flaky

_MOST: Final = 100
_MOST_LINES: Final = 12


def shaky(run: Run) -> Html:
    """All that is flaky; nothing if all that passed did so at once."""
    found = flaky(run)
    told = [_told(each) for each in found[:_MOST]]
    if len(found) > _MOST:
        told.append(element("p", f"… and {len(found) - _MOST} more, under “All scenarios”.", class_="more"))
    return section("Passed only when repeated", *told, name="flaky")


def _told(each: Flaky) -> Html:
    scenario = each.scenario
    where = " > ".join(one_line(part) for part in (scenario.feature, scenario.rule) if part)
    rerun = element("pre", scenario.rerun, class_="command", tabindex="0") if scenario.rerun else ""
    pairs = [("Attempts", attempts_in_words(scenario)), *(_attempt(failure) for failure in each.before)]
    return element(
        "article",
        element("p", element("strong", scenario.verdict), " · passed in the end", class_="whose"),
        element("h3", one_line(scenario.name)),
        element("p", where, class_="place"),
        facts([*pairs, ("Where", element("code", each.first.where)), ("Run it again", rerun)]),
        class_=CLASSES[scenario.verdict],
    )


def _attempt(failure: Failure) -> tuple[str, str]:
    """What went wrong in one attempt, and what was seen."""
    scenario = failure.scenario
    step = element("p", failure.expected) if failure.expected else ""
    words = f"{scenario.verdict} after {lasting(scenario.duration)}"
    told = [element("p", words, class_="place"), step]
    found = element("pre", "\n".join(failure.found(_MOST_LINES)), tabindex="0")
    return f"Attempt {scenario.attempt}", joined([*told, found, evidence(scenario.evidence)])
