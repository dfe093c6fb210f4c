"""Commands that ask no running system: about the suite's words, about its description, about what shards have left."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .core import RehearsalError

if TYPE_CHECKING:
    import argparse
    from typing import TextIO

CATALOGUE: Final = Path("docs/reference/steps.md")
REFERENCE: Final = Path("docs/reference/system-toml.md")
_REPORTS: Final = Path("reports")
_BAD_INPUT: Final = 2


def merge_shards(arguments: argparse.Namespace) -> int:
    """Join shards, tell how the whole went; 0 or 1 as that run's exit status, 2 if they cannot be joined."""
    from .record.merging import merge
    from .reporting import Ending, point_latest_to, publish

    try:
        merged = merge(arguments.folders, _REPORTS, arguments.into, publish)
    except RehearsalError as error:
        _warn(str(error))
        return _BAD_INPUT
    for note in merged.notes:
        _warn(note)
    point_latest_to(merged.folder)
    Ending(merged.folder, (), arguments.pages, keep_runs=0, tell=_warn).conclude(merged.run)
    return merged.run.finished.exit_status if merged.run.finished else 1


def steps(arguments: argparse.Namespace) -> int:
    """List, renew or check the sentences that exist."""
    from .execution import Vocabulary

    vocabulary, features = Vocabulary.load(Path("steps")), Path("features")
    catalogue = vocabulary.catalogue()
    if arguments.write:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(catalogue, encoding="utf-8")
    elif not arguments.check:
        _say(catalogue)
    if not arguments.check:
        return 0
    faults = [*map(str, vocabulary.ambiguous(features)), *vocabulary.undefined(features)]
    if not CATALOGUE.is_file() or CATALOGUE.read_text(encoding="utf-8") != catalogue:
        faults.append(f"{CATALOGUE} is stale. Renew it: python -m support steps --write")
    for fault in faults:
        _say(fault, to=sys.stderr)
    return 1 if faults else 0


def system(arguments: argparse.Namespace) -> int:
    """Say what system.toml describes; renew or check its reference."""
    from .system import load, reference

    described = load(arguments.description)
    page = reference()
    if arguments.write:
        REFERENCE.parent.mkdir(parents=True, exist_ok=True)
        REFERENCE.write_text(page, encoding="utf-8")
    elif arguments.check and (not REFERENCE.is_file() or REFERENCE.read_text(encoding="utf-8") != page):
        _say(f"{REFERENCE} is stale. Renew it: python -m support system --write", to=sys.stderr)
        return 1
    for part in described.parts.values():
        _say(f"{part.name:<16} {part.kind:<12} {'needs ' + ', '.join(part.needs) if part.needs else ''}".rstrip())
    for profile in described.profiles.values():
        _say(
            f"profile {profile.name}: {'starts its parts' if not profile.addresses else 'stands at addresses'}, "
            f"grants {', '.join(sorted(profile.grants))}"
        )
    return 0


def _warn(words: str) -> None:
    _say(words, to=sys.stderr)


def _say(words: str, to: TextIO | None = None) -> None:
    print(words, file=to or sys.stdout, flush=True)
