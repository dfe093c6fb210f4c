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
SETTINGS: Final = Path("docs/reference/settings.md")
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
    if not (arguments.write or arguments.check):
        _say(catalogue)
    faults = _faults(arguments, CATALOGUE, catalogue)
    if arguments.check:
        faults += [*map(str, vocabulary.ambiguous(features)), *vocabulary.undefined(features)]
    for fault in faults:
        _say(fault, to=sys.stderr)
    return 1 if faults else 0


def system(arguments: argparse.Namespace) -> int:
    """Say what system.toml describes; renew or check its reference."""
    from .system import load, reference

    described = load(arguments.description)
    for fault in (faults := _faults(arguments, REFERENCE, reference())):
        _say(fault, to=sys.stderr)
    if faults:
        return 1
    for part in described.parts.values():
        _say(f"{part.name:<16} {part.kind:<12} {'needs ' + ', '.join(part.needs) if part.needs else ''}".rstrip())
    for profile in described.profiles.values():
        _say(
            f"profile {profile.name}: {'starts its parts' if not profile.addresses else 'stands at addresses'}, "
            f"grants {', '.join(sorted(profile.grants))}"
        )
    return 0


def settings(arguments: argparse.Namespace) -> int:
    """List, renew or check what can be set with -D."""
    from .execution import settings_page

    page = settings_page()
    if not (arguments.write or arguments.check):
        _say(page)
    for fault in (faults := _faults(arguments, SETTINGS, page)):
        _say(fault, to=sys.stderr)
    return 1 if faults else 0


def _faults(arguments: argparse.Namespace, page: Path, text: str) -> list[str]:
    """Write a generated page if that is asked for; if only a check is, what is wrong with the one that is there."""
    if arguments.write:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    elif arguments.check and (not page.is_file() or page.read_text(encoding="utf-8") != text):
        return [f"{page} is stale. Renew it: python -m support {arguments.called} --write"]
    return []


def _warn(words: str) -> None:
    _say(words, to=sys.stderr)


def _say(words: str, to: TextIO | None = None) -> None:
    print(words, file=to or sys.stdout, flush=True)
