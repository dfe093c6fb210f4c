"""What went wrong: each failure with all that one needs to understand it and see it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .._failure import WHOSE, failures, quiet
from .._plain_text import lasting, one_line
from .._problems import PROBLEMS, problem_of
from ._evidence import evidence
from ._markup import Html, element, facts, folded, joined, section
from ._verdict import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...record import Run, ScenarioRecord
    from .._failure import Failure
    from .._runs import PastRun

_MOST: Final = 200  # more would make the page too heavy to open: the others stand in the tree
_MOST_LINES: Final = 12
_INDEXED: Final = 3  # so many failures need no index
_PAST: Final = 10
_LETTERS: Final = 150
_BELONGS: Final = ("owner:", "issue:", "runbook:")


def anchors(run: Run) -> Mapping[str, str]:
    """Where on the page a bad scenario is told, by its id."""
    told = failures(run.outcomes)[:_MOST]
    return {each.scenario.scenario_id: f"f{number}" for number, each in enumerate(told, 1)}


def trouble(run: Run, past: Sequence[PastRun]) -> Html:
    """All that is red, then all that is yellow; last, what went wrong outside any scenario."""
    bad, places = failures(run.outcomes), anchors(run)
    told = [_failure(each, places[each.scenario.scenario_id], past) for each in bad[:_MOST]]
    if len(bad) > _MOST:
        more = f"… and {len(bad) - _MOST} more. They stand under “All scenarios”, marked in their colours."
        told.append(element("p", more, class_="more"))
    return section("What went wrong", _index(bad, places), *told, *_outside(run), name="trouble")


def unrun(run: Run) -> Html:
    """What was skipped or did not run, by reason."""
    groups = [
        folded(
            f"{len(scenarios)} {verdict}: {one_line(reason) or 'no reason was given'}",
            element("ul", *(element("li", one_line(each.name), " ", _place(each)) for each in scenarios[:_MOST])),
            class_=CLASSES[verdict],
        )
        for (verdict, reason), scenarios in quiet(run).items()
    ]
    return section("Skipped and not run", *groups, name="unrun")


def _index(bad: Sequence[Failure], places: Mapping[str, str]) -> Html:
    """A line for each, if there are more than one sees at a glance."""
    if len(bad) <= _INDEXED:
        return Html()
    told = [
        element(
            "li",
            element("a", one_line(each.scenario.name, _LETTERS), href=f"#{places[each.scenario.scenario_id]}"),
            element("b", each.scenario.verdict),
            class_=CLASSES[each.scenario.verdict],
        )
        for each in bad[:_MOST]
    ]
    return element("ol", *told)


def _failure(failure: Failure, anchor: str, past: Sequence[PastRun]) -> Html:
    scenario = failure.scenario
    broken = scenario.verdict == "broken"
    where = " > ".join(one_line(each) for each in (scenario.feature, scenario.rule) if each)
    pairs = (
        ("While" if broken else "Expected", failure.expected),
        ("Found", element("pre", "\n".join(failure.found(_MOST_LINES)), tabindex="0")),
        ("Then", failure.afterwards),
        ("Where", joined([element("code", failure.where), f", after {lasting(scenario.duration)}"])),
        ("Raised", element("code", failure.raised) if failure.raised else ""),
        ("Evidence", evidence(scenario.evidence)),
        ("Before", _before(scenario, past)),
        ("Belongs to", ", ".join(one_line(tag) for tag in scenario.tags if tag.startswith(_BELONGS))),
        ("Run it again", element("pre", scenario.rerun, class_="command", tabindex="0") if scenario.rerun else ""),
    )
    return element(
        "article",
        element("p", element("strong", scenario.verdict), f" · {_whose(scenario)}", class_="whose"),
        element("h3", one_line(scenario.name), id=anchor),
        element("p", where, class_="place"),
        facts(pairs),
        _trace(failure),
        class_=CLASSES[scenario.verdict],
    )


def _whose(scenario: ScenarioRecord) -> str:
    """Whose problem it is, in the words of the report's categories."""
    return PROBLEMS.get(problem_of(scenario), WHOSE[scenario.verdict])


def _trace(failure: Failure) -> Html:
    trace = failure.step.trace if failure.step else ""
    return folded("Where in the code", element("pre", trace[:5000], tabindex="0")) if trace else Html()


def _before(scenario: ScenarioRecord, past: Sequence[PastRun]) -> str:
    """In how many of the runs before it went wrong too: what is not remembered is not said."""
    recent = past[-_PAST:]
    if not recent:
        return ""
    times = sum(scenario.scenario_id in each.bad for each in recent)
    runs = f"the {len(recent)} runs before" if len(recent) > 1 else "the run before"
    return f"Went wrong in {times} of {runs}, too." if times else f"Did not go wrong in {runs}."


def _outside(run: Run) -> Iterable[Html]:
    """Hooks and clean-ups of the run, of features and of rules: no scenario is to blame."""
    for each in run.fixtures:
        if each.status != "passed" and each.scope in {"run", "feature", "rule"}:
            pairs = (
                ("Of", one_line(each.of)),
                ("In", each.worker),
                ("Found", one_line(f"{each.error_type}: {each.error}", 2000)),
            )
            title = f"{one_line(each.name)} ({each.when} the {each.scope})"
            yield element("article", element("h3", title), facts(pairs), class_=CLASSES["broken"])
    if run.interrupted_in:
        died = ", ".join(f"{one_line(each.name)} ({each.feature_file}:{each.line})" for each in run.interrupted_in)
        yield element("article", element("h3", "The run died"), facts([("Inside", died)]), class_=CLASSES["broken"])
    if run.damaged:
        lines = f"{run.damaged} line{'s' * (run.damaged > 1)} of the record could not be read."
        yield element("article", element("h3", "The record is damaged"), element("p", lines), class_=CLASSES["broken"])


def _place(scenario: ScenarioRecord) -> Html:
    return element("code", f"{one_line(scenario.feature_file)}:{scenario.line}")
