"""Joining the records of shards line by line: nothing is left out that a later reader might understand."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from ._lines import Amendment, RunFinished, RunStarted
from ._pieces import RECORD, Piece, missing_shards
from ._reading import read_record
from ._writing import RecordWriter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..core import ScenarioPlan
    from ._run import Run

_MOST: Final = 20


def run_id_of(pieces: Sequence[Piece]) -> str:
    """The id of the whole: the same whenever the same shards are merged."""
    names = ",".join(sorted(each.run.started.run_id for each in pieces))
    return f"m{b32encode(hashlib.sha256(names.encode('utf-8', 'backslashreplace')).digest())[:7].decode().lower()}"


def join_records(pieces: Sequence[Piece], into: Path) -> Run:
    """Write the record of the whole into a folder, where the evidence of a shard lies below `evidence/<its place>`."""
    writer = RecordWriter(into / RECORD)
    try:
        writer.write(_started(pieces))
        for piece in pieces:
            recorded = writer.copy(_lines(piece))
            for each in piece.run.outcomes:
                if each.status == "untested" and each.scenario_id not in recorded:
                    writer.write(Amendment(each.scenario_id, each.status, each.reason))
        for shard in missing_shards(pieces):
            for plan in _plan_of(shard, pieces):
                writer.write(
                    Amendment(plan.scenario_id, "untested", f"It stands in shard {shard}, of which nothing was found.")
                )
        writer.write(_finished(pieces, read_record(writer.path)))
    finally:
        writer.close()
    return read_record(writer.path)


def _started(pieces: Sequence[Piece]) -> RunStarted:
    every = [each.run.started for each in pieces]
    first = every[0]
    missing = chain.from_iterable(_plan_of(shard, pieces) for shard in missing_shards(pieces))
    own = _own(every)
    shared = {name: value for name, value in first.settings.items() if name not in own}
    return RunStarted(
        run_id=run_id_of(pieces),
        seed=first.seed,
        started_at=min(each.started_at for each in every),
        scenarios=sorted((*chain.from_iterable(each.scenarios for each in every), *missing), key=_place),
        profile=first.profile,
        system=first.system,
        versions=_versions(every),
        platform=", ".join(dict.fromkeys(each.platform for each in every)),
        argv=_without(own, first.argv),
        settings={**shared, "shards": ", ".join(f"{each.shard} (run {each.run.started.run_id})" for each in pieces)},
        cut=first.cut,
    )


def _versions(every: Sequence[RunStarted]) -> Mapping[str, str]:
    """By name; where the machines of the shards differ, all of them."""
    names = dict.fromkeys(chain.from_iterable(each.versions for each in every))
    return {
        name: ", ".join(dict.fromkeys(each.versions[name] for each in every if name in each.versions)) for name in names
    }


def _plan_of(shard: str, pieces: Sequence[Piece]) -> Sequence[ScenarioPlan]:
    """What a shard was to run of which nothing was found: the others know, unless they were recorded long ago."""
    return next((plan for each in pieces if (plan := each.run.started.elsewhere.get(shard))), ())


def _place(plan: ScenarioPlan) -> tuple[str, int]:
    file, _, line = plan.location.rpartition(":")
    return file, int(line) if line.isdecimal() else 0


def _own(every: Sequence[RunStarted]) -> Collection[str]:
    """The settings that each shard has for itself: which one it is, and where its reports go."""
    names = chain.from_iterable(each.settings for each in every)
    return {"shard", *(name for name in names if len({each.settings.get(name) for each in every}) > 1)}


def _without(settings: Collection[str], argv: Sequence[str]) -> list[str]:
    """A command that does not set these: of what its shards have for themselves, the whole has nothing."""
    words: list[str] = []
    for word in argv:
        name, sets, _ = word.removeprefix("-D").removeprefix("--define=").partition("=")
        if not (sets and name in settings):
            words.append(word)
        elif words and words[-1] in {"-D", "--define"}:
            words.pop()
    return words


def _finished(pieces: Sequence[Piece], run: Run) -> RunFinished:
    ends = [each.run.finished for each in pieces]
    reasons = [_missing(missing_shards(pieces)), *(_reason(each) for each in pieces)]
    bad = any(reasons) or any(each is None or each.exit_status or each.aborted for each in ends)
    finished_at = max([run.started.started_at, *(each.finished_at for each in ends if each)])
    return RunFinished(
        finished_at=finished_at,
        exit_status=int(bad or run.counts["failed"] > 0 or run.counts["broken"] > 0),
        duration=finished_at - run.started.started_at,
        counts={str(verdict): count for verdict, count in run.counts.items()},
        aborted=any(each is not None and each.aborted for each in ends),
        reason=" ".join(filter(None, reasons)),
    )


def _missing(shards: Sequence[str]) -> str:
    if not shards:
        return ""
    several = len(shards) > 1
    more = f" and {len(shards) - _MOST} more" if len(shards) > _MOST else ""
    named = ", ".join(shards[:_MOST]) + more
    return f"The run is incomplete: shard{'s' * several} {named} {'are' if several else 'is'} missing."


def _reason(piece: Piece) -> str:
    finished = piece.run.finished
    if finished is None:
        return f"Shard {piece.shard} did not come to its end."
    if finished.reason:
        return f"Shard {piece.shard}: {finished.reason}"
    lost = 0 if finished.exit_status else piece.run.counts["not run"]
    return f"Shard {piece.shard} says nothing of {lost} of its scenarios." if lost else ""


def _lines(piece: Piece) -> Iterator[tuple[str, bytes]]:
    """The lines between the first and the last, each with the id of the scenario whose record it is, if it is one.

    What cannot be read stays as it is: it is counted again by whoever reads the whole.
    """
    for line in (piece.folder / RECORD).read_bytes().split(b"\n"):
        try:
            entry = json.loads(line)
            kind = str(entry["type"])
            if kind in {"scenario", "fixture"}:
                moved = json.dumps(_moved(entry, piece), ensure_ascii=False, separators=(",", ":"))
                yield (
                    str(entry.get("scenario_id", "")) * (kind == "scenario"),
                    moved.encode("utf-8", "backslashreplace"),
                )
            elif kind not in {"run_started", "run_finished"}:
                yield "", line
        except (ValueError, TypeError, KeyError, AttributeError):
            if line:
                yield "", line


def _moved(entry: dict[str, Any], piece: Piece) -> Mapping[str, Any]:
    """A record with its evidence where it lies in the whole, and with the shard in the name of the worker."""
    if entry["type"] == "scenario":
        entry["worker"] = ", ".join(filter(None, (f"shard {piece.number}", entry.get("worker"))))
    for each in entry.get("evidence") or ():
        if each.get("file"):
            each["file"] = f"evidence/{piece.place}/{each['file'].removeprefix('evidence/')}"
    return entry
