"""The end of a run: what is told of it, in the order in which it can be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..core import RehearsalError
from ._leaks import find_leaks, leaks_in_words
from ._pruning import prune
from ._publish import follow_with_pages, publish
from ._terminal import terminal_summary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from ..record import Run
    from ._leaks import Leak


@dataclass
class Ending:
    """Tells of a run whose record is complete but for its last line; `also` are further folders that get its results.

    `pages` says whether the report's pages are made, `keep_runs` how many runs' folders stay (0 keeps all), `tell` is
    for what comes after the summary. `clean_again` is given the files in which secrets stand, and says whether it has
    written them anew, because some were learnt only after these were written.
    """

    folder: Path
    also: Collection[Path]
    pages: bool
    keep_runs: int
    tell: Callable[[str], None]
    clean_again: Callable[[Collection[str]], bool] = lambda _files: False
    _leaks: list[Leak] = field(default_factory=list, init=False)

    def publish(self, finish: Callable[[Sequence[str]], Run], secrets: Mapping[str, str]) -> tuple[Run, bool]:
        """Publish the run and search it for secrets; the run as it has ended, and whether all went well.

        `finish` says how it ended, with the troubles that there were since; it is asked again if publishing fails or a
        secret stands in what was left, and what can be published then tells that. The record's last line is written
        afterwards: a run that was killed before it was searched has not ended.
        """
        run = finish([])
        troubles = self._publish(run, secrets)
        if self._leaks and self.clean_again({leak.file for leak in self._leaks}):
            run = finish([])
            troubles = self._publish(run, secrets)
        if not troubles:
            return run, True
        self.pages = self.pages and not self._leaks
        run = finish(troubles)
        troubles_of(lambda: publish(run, self.folder, self.also))  # as far as it goes: the trouble is told
        return run, False

    def conclude(self, run: Run) -> None:
        """Say how the run went, make its pages and make room: nothing here changes the verdict."""
        print(terminal_summary(run, self.folder, pages_follow=self.pages), flush=True)  # noqa: T201 - for the user
        pages = [lambda: follow_with_pages(run, self.folder, tell=self.tell)] if self.pages else []
        for trouble in troubles_of(*pages, self._make_room):
            self.tell(trouble)

    def _publish(self, run: Run, secrets: Mapping[str, str]) -> list[str]:
        self._leaks = []
        return troubles_of(lambda: publish(run, self.folder, self.also), lambda: self._find_leaks(secrets))

    def _find_leaks(self, secrets: Mapping[str, str]) -> None:
        """Before the pages are made of the results: a secret in these would go on into them, and into the history."""
        self._leaks = find_leaks(self.folder, secrets)
        if self._leaks:
            raise RehearsalError(leaks_in_words(self._leaks))

    def _make_room(self) -> None:
        if gone := prune(self.folder.parent, self.keep_runs, current=self.folder):
            stay = f"the newest {self.keep_runs} stay (-D keep_runs)"
            self.tell(f"Removed {len(gone)} older runs from {self.folder.parent}: {stay}.")


def troubles_of(*steps: Callable[[], object]) -> list[str]:
    """What goes wrong in these steps, in words: each is taken, whatever those before it say."""
    found = []
    for step in steps:
        try:
            step()
        except Exception as error:  # noqa: BLE001 - the rest must be done whatever this one says
            found.append(str(error) or type(error).__name__)
    return found
