"""JUnit XML, as CI servers read it.

The elements and attributes are those of the schema `junit-10.xsd` of Jenkins' xUnit plugin, which others follow: per
attempt that was repeated, too. Totals are those of the record; nothing red is missing, green or grey.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ._capability import capability_of
from ._failure import Failure, failures
from ._plain_text import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..record import Run, ScenarioRecord, Verdict

    _Attempts = Mapping[str, Sequence[ScenarioRecord]]

_ELEMENT: Final[Mapping[Verdict, str]] = {
    "failed": "failure",
    "broken": "error",
    "skipped": "skipped",
    "not run": "skipped",
}
_ATTEMPT: Final[Mapping[str, str]] = {"failed": "Failure", "broken": "Error"}
_MOST_LINES: Final = 200


def junit(run: Run) -> str:
    """The run as one XML document: a suite for each feature, a case for each scenario.

    A promise that the product breaks is a `failure`, what is broken an `error`. What was skipped or did not run is
    `skipped`, with the reason. What went wrong with the run itself stands in one more suite: without a bad scenario no
    CI server takes it for green, and with one a leak is not lost. Bad attempts are `flakyFailure` or `flakyError` of a
    scenario that passed in the end, which is not counted as bad, and `rerun...` of one that did not.
    """
    root = Element("testsuites", name=_text(run.started.system or "acceptance"))
    attempts = run.attempts
    for (file, feature), scenarios in _by_feature(run.outcomes).items():
        root.append(_suite(run, file, feature, scenarios, attempts))
    if reason := _own_trouble(run):
        root.append(_run_itself(reason))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    root.set("time", f"{run.finished.duration if run.finished else 0.0:.3f}")
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _by_feature(scenarios: Iterable[ScenarioRecord]) -> Mapping[tuple[str, str], list[ScenarioRecord]]:
    grouped: dict[tuple[str, str], list[ScenarioRecord]] = {}
    for each in scenarios:
        grouped.setdefault((each.feature_file, each.feature), []).append(each)
    return grouped


def _suite(run: Run, file: str, feature: str, scenarios: Sequence[ScenarioRecord], attempts: _Attempts) -> Element:
    name = f"{_plain(capability_of(scenarios[0]))}.{_plain(feature or file)}"
    begun = min((each.started_at for each in scenarios if each.started_at), default=run.started.started_at)
    took = sum(each.duration for each in scenarios)
    suite = _counted(
        Element("testsuite", name=name, file=_text(file), time=f"{took:.3f}", timestamp=_moment(begun)), scenarios
    )
    _properties(suite, run)
    told = {each.scenario.scenario_id: each for each in failures(scenarios)}
    for scenario, title in zip(scenarios, _titles(scenarios), strict=True):
        case = SubElement(suite, "testcase", classname=name, name=title, time=f"{scenario.duration:.3f}")
        _outcome(case, scenario, told.get(scenario.scenario_id))
        _repeated(case, scenario, attempts[scenario.scenario_id])
    return suite


def _counted(suite: Element, scenarios: Sequence[ScenarioRecord]) -> Element:
    counts = Counter(_ELEMENT.get(each.verdict, "passed") for each in scenarios)
    suite.set("tests", str(len(scenarios)))
    for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(counts[element]))
    return suite


def _properties(suite: Element, run: Run) -> None:
    properties = SubElement(suite, "properties")
    told = {"run": run.started.run_id, "seed": str(run.started.seed), "profile": run.started.profile}
    for name, value in told.items():
        if value:
            SubElement(properties, "property", name=name, value=_text(value))


def _titles(scenarios: Sequence[ScenarioRecord]) -> list[str]:
    """Names that differ: CI servers take cases of one name for one. Rows tell their cells, and others their line."""
    plain = [" > ".join(_text(part) for part in (each.rule, each.name) if part) for each in scenarios]
    for more in (_row, _line):
        often = Counter(plain)
        plain = [
            f"{name}{more(each)}" if often[name] > 1 else name for name, each in zip(plain, scenarios, strict=True)
        ]
    return plain


def _row(scenario: ScenarioRecord) -> str:
    cells = ", ".join(f"{name}={value}" for name, value in scenario.row.items())
    return f" ({_text(cells)})" if cells else ""


def _line(scenario: ScenarioRecord) -> str:
    return f" (line {scenario.line})"


def _outcome(case: Element, scenario: ScenarioRecord, failure: Failure | None) -> None:
    name = _ELEMENT.get(scenario.verdict)
    if name is None:
        return
    told = scenario.reason or f"{scenario.verdict}, and nobody said why"
    outcome = SubElement(case, name, message=_text(told), type=_type(scenario, failure))
    if failure is not None:
        outcome.text = "\n".join(_details(failure))
        SubElement(case, "system-out").text = "\n".join(_leads(scenario))


def _details(failure: Failure) -> Iterable[str]:
    if failure.step:
        yield failure.expected
    yield from (f"  {line}" for line in failure.found(_MOST_LINES))
    if failure.afterwards:
        yield f"then: {failure.afterwards}"
    yield f"where: {failure.where}"
    if failure.step and failure.step.trace:
        yield visible(failure.step.trace)


def _leads(scenario: ScenarioRecord) -> Iterable[str]:
    """Where the evidence lies, from the folder of this file, and how to see it again."""
    yield from (f"evidence: {_text(each.file)} ({_text(each.summary)})" for each in scenario.evidence if each.file)
    if scenario.rerun:
        yield f"rerun: {_text(scenario.rerun)}"


def _repeated(case: Element, last: ScenarioRecord, attempts: Sequence[ScenarioRecord]) -> None:
    """The bad attempts beside the one that counts, in the words of Surefire, which CI servers count flaky cases by."""
    manner = "flaky" if last.verdict == "flaky" else "rerun"
    for failure in failures(each for each in attempts if each.attempt != last.attempt):
        name = manner + _ATTEMPT[failure.scenario.verdict]
        attempt = SubElement(case, name, message=_text(failure.scenario.reason), type=_type(failure.scenario, failure))
        SubElement(attempt, "stackTrace").text = "\n".join(_details(failure))
        if leads := "\n".join(_leads(failure.scenario)):
            SubElement(attempt, "system-out").text = leads


def _own_trouble(run: Run) -> str:
    """What went wrong with no scenario to blame: it was killed between two, did not close, or has leaked."""
    reason = run.finished.reason if run.finished and run.finished.exit_status else ""
    if run.fails_on_flaky:
        return "What is flaky fails this run: -D fail_on_flaky."
    unexplained = not run.counts["broken"] and (run.verdict == "broken" or not run.complete)
    return reason or ("The run did not come to its end." if unexplained else "")


def _run_itself(reason: str) -> Element:
    name = "Run.The run itself"
    suite = Element("testsuite", name=name, tests="1", failures="0", errors="1", skipped="0", time="0.000")
    case = SubElement(suite, "testcase", classname=name, name="The run ends well", time="0.000")
    SubElement(case, "error", message=_text(reason), type="run")
    return suite


def _type(scenario: ScenarioRecord, failure: Failure | None) -> str:
    return _text((failure and failure.step and failure.step.error_type) or scenario.status)


def _moment(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return ""


def _plain(name: str) -> str:
    """A part of a class name: a dot would begin the next."""
    return _text(name).replace(".", " ").strip() or "unnamed"


def _text(text: str) -> str:
    return one_line(text, 1000)
