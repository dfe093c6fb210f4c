"""The end of a run, as its user reads it in the terminal."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ._failure import WHOSE, failures, quiet
from ._flaky import attempts_in_words, flaky
from ._paint import BOLD, COLOURS, FAINT, painter
from ._plain_text import lasting, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..record import Run
    from ._failure import Failure
    from ._flaky import Flaky
    from ._paint import Paint

_MOST_FAILURES: Final = 20
_MOST_LINES: Final = 3


def terminal_summary(run: Run, folder: Path, *, pages_follow: bool = False) -> str:
    """What went wrong and how to see it again, then the verdict, the counts, and where everything lies.

    `folder` is the run's. How the report's pages are made is told unless they are there, or follow. Colours are used if
    standard output is a terminal and NO_COLOR is unset.
    """
    paint, shown = painter(), _from_here(folder)
    bad = failures(run.outcomes)
    blocks = ["\n".join(_told(each, shown, paint)) for each in bad[:_MOST_FAILURES]]
    if len(bad) > _MOST_FAILURES:
        blocks.append(f"... and {len(bad) - _MOST_FAILURES} more: all are in {shown}/{_entrance(folder)}.")
    unrun = "\n".join(_unrun(run, paint))
    ending = "\n".join(_ending(run, folder, paint, pages_follow=pages_follow))
    shaky = ["\n".join(_shaky(each, shown, paint)) for each in flaky(run)[:_MOST_FAILURES]]
    return "\n\n".join([*blocks, *shaky, *filter(None, [unrun]), ending])


def unfinished(run: Run) -> str:
    """That a run did not come to its end, and inside which scenarios it died; empty if it did."""
    if run.complete:
        return ""
    inside = ", ".join(f"{one_line(each.name)!r} ({each.feature_file}:{each.line})" for each in run.interrupted_in)
    return f"The run did not come to its end{': it died inside ' + inside if inside else ''}."


def _told(failure: Failure, folder: str, paint: Paint) -> Iterator[str]:
    verdict = failure.scenario.verdict
    whose = f"{verdict.upper()} ({WHOSE[verdict]})"
    yield f"{paint(whose, COLOURS[verdict])}  {paint(failure.title, BOLD)}"
    if failure.step:
        yield _labelled("expected" if verdict == "failed" else "during", failure.expected, paint)
    first, *more = failure.found(_MOST_LINES)
    yield _labelled("found", first, paint)
    yield from (_labelled("", line, paint) for line in more)
    lines = {
        "then": failure.afterwards,
        "attempts": attempts_in_words(failure.scenario),
        "where": failure.where,
        "raised": failure.raised,
        "evidence": _evidence(failure, folder),
        "rerun": one_line(failure.scenario.rerun, 2000),
    }
    yield from (_labelled(label, text, paint) for label, text in lines.items() if text)


def _shaky(told: Flaky, folder: str, paint: Paint) -> Iterator[str]:
    """What passed only when it was repeated, with what went wrong the first time."""
    first = told.first
    whose = f"FLAKY (passed in attempt {told.scenario.attempt})"
    yield f"{paint(whose, COLOURS['flaky'])}  {paint(first.title, BOLD)}"
    lines = {
        "attempts": attempts_in_words(told.scenario),
        "during" if first.scenario.verdict == "broken" else "expected": first.expected,
        "found": first.found(1)[0],
        "where": first.where,
        "evidence": _evidence(first, folder),
        "rerun": one_line(first.scenario.rerun, 2000),
    }
    yield from (_labelled(label, text, paint) for label, text in lines.items() if text)


def _evidence(failure: Failure, folder: str) -> str:
    if not failure.scenario.evidence:
        return ""
    files = [one_line(each.file) for each in failure.scenario.evidence if each.file]
    if not files:
        return f"{folder}/record.jsonl ({failure.kinds})"
    return f"{folder}/{files[0].rpartition('/')[0] if len(files) > 1 else files[0]} ({failure.kinds})"


def _unrun(run: Run, paint: Paint) -> Iterator[str]:
    """Why scenarios were skipped or did not run: each reason once."""
    for (verdict, reason), scenarios in quiet(run).items():
        if reason:
            yield f"{paint(f'{len(scenarios)} {verdict}', COLOURS[verdict])}  {one_line(reason)}"


def _ending(run: Run, folder: Path, paint: Paint, *, pages_follow: bool) -> Iterator[str]:
    counts = ", ".join(paint(f"{count} {verdict}", COLOURS[verdict]) for verdict, count in run.counts.items() if count)
    took = f" in {lasting(run.finished.duration)}" if run.finished else ""
    yield f"{paint(run.verdict.upper(), COLOURS[run.verdict])}: {counts or 'no scenarios'}{took}"
    if words := unfinished(run):
        yield words
    elif run.finished and run.finished.reason:
        yield one_line(run.finished.reason, 2000)
    elif run.fails_on_flaky:
        yield "The run fails because of what is flaky: -D fail_on_flaky."
    profile = f", profile {run.started.profile}" if run.started.profile else ""
    yield _labelled("run", f"{run.started.run_id}, seed {run.started.seed}{profile}", paint)
    entrance = _entrance(folder)
    yield _labelled("record" if entrance == "record.jsonl" else "report", f"{_from_here(folder)}/{entrance}", paint)
    if not pages_follow and not (folder / "report" / "index.html").exists():
        yield _labelled("pages", _making(folder), paint)


def _making(folder: Path) -> str:
    """The command that makes the pages; it looks for the newest run of the default folder if it is told none."""
    command = f"python -m {(__package__ or 'support').partition('.')[0]} report"
    usual = folder.absolute().parent == Path.cwd() / "reports"
    return command if usual else f"{command} {shlex.quote(_from_here(folder))}"


def _entrance(folder: Path) -> str:
    """Where to begin reading: the front door, if it was made."""
    return "index.html" if (folder / "index.html").exists() else "record.jsonl"


def _from_here(folder: Path) -> str:
    """A path as short as it can be typed."""
    here = Path.cwd()
    return (folder.relative_to(here) if folder.is_relative_to(here) else folder).as_posix()


def _labelled(label: str, text: str, paint: Paint) -> str:
    return f"  {paint(f'{label:9}', FAINT)} {text}"
