"""What behave told its formatters in a worker, and what was printed meanwhile: a list that can be played elsewhere."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from behave.matchers import NoMatch

from ._outcome import tell

if TYPE_CHECKING:
    from ._position import Position

Entry = list[Any]
PLAIN: Final = (str, int, float, bool, type(None))


class Tape:
    """A formatter that writes down what it is told, and moves the position from step to step.

    `matches` says whether anybody will ask how steps matched.
    """

    name = "tape"

    def __init__(self, position: Position, *, matches: bool) -> None:
        self._entries: list[Entry] = []
        self._position, self._matches = position, matches
        self._step = -1
        self.failed = False
        """Whether a step of this scenario has failed."""

    def cut(self) -> list[Entry]:
        """What was recorded since the last cut."""
        entries, self._entries = self._entries, []
        return entries

    def said(self, stream: str, text: str) -> None:
        """Something was printed to `out` or `err`."""
        if self._entries and self._entries[-1][0] == stream:
            self._entries[-1][1] += text
        else:
            self._entries.append([stream, text])

    def unsay(self, stream: str, text: str) -> None:
        """Take the end of what was printed back, if it is this text."""
        if self._entries and self._entries[-1][0] == stream:
            self._entries[-1][1] = self._entries[-1][1].removesuffix(text)

    def scenario(self, scenario: Any) -> None:  # noqa: ANN401 - behave has no types
        """A scenario begins, or begins again."""
        self._step, self.failed = -1, False
        self._entries.append(["scenario", scenario.name])

    def step(self, _step: Any) -> None:  # noqa: ANN401
        """The next of its steps is announced."""
        if self._entries and self._entries[-1][0] == "steps":
            self._entries[-1][1] += 1
        else:
            self._entries.append(["steps", 1])

    def match(self, match: Any) -> None:  # noqa: ANN401
        """A step begins."""
        self._step += 1
        self._position.step(self._step)
        if self._matches:
            self._entries.append(["match", *_how(match)])

    def result(self, step: Any) -> None:  # noqa: ANN401
        """A step has ended."""
        if step.status.name != "passed" or step.captured.has_output():
            self.failed = self.failed or step.status.has_failed()
            self._entries.append(["result", self._step, step.duration, state := tell(step)])
            self._position.ended(self._step, state)
        elif self._entries and self._entries[-1][0] == "passed":
            self._entries[-1][2].append(step.duration)
        else:
            self._entries.append(["passed", self._step, [step.duration]])

    def embedding(self, mime_type: str, data: Any) -> None:  # noqa: ANN401
        """Something was attached."""
        plain = isinstance(data, bytes | bytearray | memoryview)
        self._entries.append(["embed", mime_type, bytes(data).decode("latin-1") if plain else str(data), not plain])

    def _ignore(self, *_arguments: object) -> None:
        """Heard from the model, where the tape is played."""

    uri = feature = rule = background = rule_finished = eof = close = _ignore


class TapeStream(io.TextIOBase):
    """Standard output or error of a worker: what is written is recorded in its place among everything else."""

    def __init__(self, tape: Tape, name: str, like: Any) -> None:  # noqa: ANN401 - a text stream
        self._tape, self._name, self._like = tape, name, like
        self._encoding = str(getattr(like, "encoding", None) or "utf-8")

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """That of the stream in whose place it stands."""
        return self._encoding

    def isatty(self) -> bool:
        """As the stream in whose place it stands."""
        return bool(self._like.isatty())

    def fileno(self) -> int:
        """Of the stream in whose place it stands: for children, whose output is not recorded."""
        return int(self._like.fileno())

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Record some text."""
        self._tape.said(self._name, text)
        return len(text)


def _how(match: Any) -> tuple[object, ...]:  # noqa: ANN401 - behave has no types
    if isinstance(match, NoMatch):
        return (None,)
    arguments = [
        [each.start, each.end, each.original, each.value if isinstance(each.value, PLAIN) else each.original, each.name]
        for each in match.arguments or ()
    ]
    return (str(match.location), arguments)
