"""The end of a run, as its user reads it in the terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from ._paint import BOLD, COLOURS, FAINT, painter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from ..record import Run, ScenarioRecord, StepRecord, Verdict

    Paint = Callable[[str, str], str]

_WHOSE: Final[Mapping[Verdict, str]] = {"failed": "FAILED (product)", "broken": "BROKEN (ours or the environment)"}
_MOST_FAILURES: Final = 20
_MOST_LINES: Final = 3
_MOST_LETTERS: Final = 300


def terminal_summary(run: Run, folder: Path) -> str:
    """What went wrong and how to see it again, then the verdict, the counts, and where everything lies.

    `folder` is the run's. Colours are used if standard output is a terminal and NO_COLOR is unset.
    """
    paint = painter()
    bad = [each for verdict in _WHOSE for each in run.outcomes if each.verdict == verdict]
    blocks = ["\n".join(_failure(each, folder, paint)) for each in bad[:_MOST_FAILURES]]
    if len(bad) > _MOST_FAILURES:
        blocks.append(f"... and {len(bad) - _MOST_FAILURES} more: all are in the record.")
    unrun = "\n".join(_unrun(run, paint))
    return "\n\n".join([*blocks, *filter(None, [unrun]), "\n".join(_ending(run, folder, paint))])


def _failure(scenario: ScenarioRecord, folder: Path, paint: Paint) -> Iterator[str]:
    title = " > ".join(filter(None, (scenario.feature, scenario.rule, scenario.name)))
    yield f"{paint(_WHOSE[scenario.verdict], COLOURS[scenario.verdict])}  {paint(title, BOLD)}"
    step = next((each for each in scenario.steps if each.error and each.status not in {"skipped", "untested"}), None)
    if step is None:
        yield f"  {_cut(scenario.reason or scenario.status)}"
    else:
        yield f"  {step.keyword} {_cut(step.text)}"
        yield from (f"    {line}" for line in _error(step))
        rest = scenario.reason.partition("; ")[2]
        if rest and rest not in step.error:
            yield f"    then: {_cut(rest)}"
    yield _labelled("where", f"{scenario.feature_file}:{step.line if step else scenario.line}", paint)
    if step and step.trace and scenario.verdict == "broken":
        yield _labelled("raised", step.trace.splitlines()[-1], paint)
    if scenario.evidence:
        yield _labelled("evidence", _evidence(scenario, folder), paint)
    if scenario.rerun:
        yield _labelled("rerun", scenario.rerun, paint)


def _error(step: StepRecord) -> list[str]:
    """The first lines of a message; the type too where the message is not ours to word."""
    said = f"{step.error_type}: {step.error}" if step.status != "failed" and step.error_type else step.error
    lines = [_cut(line) for line in said.splitlines() if line.strip()]
    return lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], f"... ({len(lines)} lines)"]


def _evidence(scenario: ScenarioRecord, folder: Path) -> str:
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(each.kind for each in scenario.evidence).items())
    files = [each.file for each in scenario.evidence if each.file]
    if not files:
        return f"{folder}/record.jsonl ({kinds})"
    return f"{folder}/{files[0].rpartition('/')[0]} ({kinds})" if len(files) > 1 else f"{folder}/{files[0]} ({kinds})"


def _ending(run: Run, folder: Path, paint: Paint) -> Iterator[str]:
    counts = ", ".join(paint(f"{count} {verdict}", COLOURS[verdict]) for verdict, count in run.counts.items() if count)
    yield f"{paint(run.verdict.upper(), COLOURS[run.verdict])}: {counts or 'no scenarios'}{_took(run)}"
    if not run.complete:
        inside = ", ".join(f"{each.name!r} ({each.feature_file}:{each.line})" for each in run.interrupted_in)
        yield f"The run did not come to its end{': it died inside ' + inside if inside else ''}."
    elif run.finished and run.finished.reason:
        yield run.finished.reason
    profile = f", profile {run.started.profile}" if run.started.profile else ""
    yield _labelled("run", f"{run.started.run_id}, seed {run.started.seed}{profile}", paint)
    yield _labelled("record", f"{folder}/record.jsonl", paint)


def _unrun(run: Run, paint: Paint) -> Iterator[str]:
    """Why scenarios were skipped or did not run: each reason once."""
    quiet = [each for each in run.outcomes if each.verdict in {"skipped", "not run"} and each.reason]
    for (verdict, reason), count in Counter((each.verdict, each.reason) for each in quiet).items():
        yield f"{paint(f'{count} {verdict}', COLOURS[verdict])}  {_cut(reason)}"


def _took(run: Run) -> str:
    if run.finished is None:
        return ""
    minutes, seconds = divmod(run.finished.duration, 60)
    return f" in {minutes:.0f} min {seconds:.0f} s" if minutes else f" in {seconds:.1f} s"


def _labelled(label: str, text: str, paint: Paint) -> str:
    return f"  {paint(f'{label:9}', FAINT)} {text}"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 3] + "..."
