"""What a door leaves behind for those who must understand a failure.

One protocol for every door: it hands an `Exhibit` to an `EvidenceSink`. The scenario's sink redacts on entering, and
what was learnt to be a secret since when it is read, so no reader can meet a secret.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from ._archives import cleaned_bytes
from ._bounds import cleaned_text, left_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ._journal import Left, Page
    from ._redaction import Redactor

_ANEW: Final = -1
"""How many secrets were known when something was cleaned that is to be cleaned again in any case."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One thing seen or done.

    `kind` says which door it came from and what it is: "http.exchange", "sql.query", "message", "mail",
    "browser.screenshot", "browser.console", ... `summary` is one line ("POST /orders -> 201, 31 ms"). `body` is all of
    it: text, or bytes that no redactor can read (a picture). `media_type` describes the body. `data` holds what a
    program may want to read: JSON values only. `at` (Unix seconds), `step` (index, from 0; None outside a step) and
    `action` (index of the one in which it was left) are filled in by the sink.
    """

    kind: str
    summary: str
    body: str | bytes = ""
    media_type: str = "text/plain"
    data: Mapping[str, object] = field(default_factory=dict)
    at: float = 0.0
    step: int | None = None
    action: int | None = None


@dataclass(slots=True)
class Action:
    """A named part of what a step does, such as "charge the card"; `parent` is the index of the action around it.

    `status` is passed, failed (the product disagreed) or broken (anything else went wrong); `error` is its message.
    """

    title: str
    step: int | None = None
    parent: int | None = None
    started_at: float = 0.0
    duration: float = 0.0
    status: str = "passed"
    error: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


class EvidenceSink(Protocol):
    """Where doors leave their evidence."""

    def keep(self, exhibit: Exhibit) -> None:
        """Keep one exhibit, redacted."""

    def now_doing(self) -> object:
        """What is being done at this moment: equal as long as it is the same step and the same action."""


class Evidence:
    """The evidence of one scenario, in the order in which it was left.

    Redacted as it enters; of secrets that became known later, as it is read. A `journal` keeps it for whoever must tell
    of it if this process is killed.
    """

    def __init__(
        self, redactor: Redactor, step: Callable[[], int | None] = lambda: None, journal: Page | None = None
    ) -> None:
        self._redactor, self._step, self._journal = redactor, step, journal
        self._exhibits: list[tuple[int, Exhibit]] = []  # each with how many secrets were known when it was cleaned
        self._actions: list[Action] = []
        self._known_to_actions = self._known()
        self._inside, self._lock = threading.local(), threading.Lock()
        self._owner = threading.get_ident()
        self._of_owner: int | None = None

    def keep(self, exhibit: Exhibit) -> None:
        """Keep one exhibit: redacted, with its time and the step in which it was left; too large, only in part."""
        clean, body, media_type, known = self._redactor, exhibit.body, exhibit.media_type, self._known()
        if isinstance(body, str):
            body = cleaned_text(body, clean.text)
        elif told := left_out(body, media_type):
            body, media_type = told, "text/plain"
        else:
            body, media_type = cleaned_bytes(body, media_type, clean.text)
        data = {key: clean.value(key, value) for key, value in exhibit.data.items()}
        cleaned = replace(
            exhibit,
            summary=clean.text(exhibit.summary),
            body=body,
            media_type=media_type,
            data=data,
            at=exhibit.at or time.time(),
            step=self._step() if exhibit.step is None else exhibit.step,
            action=self._current() if exhibit.action is None else exhibit.action,
        )
        self._exhibits.append((known, cleaned))
        if self._journal is not None:
            self._journal.exhibit(cleaned)

    def take_over(self, left: Left) -> None:
        """Have what another process has left, without the secrets that are known by now."""
        self._exhibits += [(_ANEW, exhibit) for exhibit in left.exhibits]
        self._actions += left.actions
        self._known_to_actions = _ANEW

    @contextmanager
    def action(self, title: str, parameters: Mapping[str, object] | None = None) -> Iterator[None]:
        """Name what is done meanwhile; actions nest, those of another thread in what the scenario's own is doing."""
        clean = self._redactor
        told = {name: str(clean.value(name, str(value))) for name, value in (parameters or {}).items()}
        before = self._current()
        action = Action(clean.text(title), self._step(), before, time.time(), parameters=told)
        with self._lock:
            index = len(self._actions)
            self._enter(index)
            self._actions.append(action)
            self._note(index, action, ended=False)
        try:
            yield
        except BaseException as error:
            action.status = "failed" if isinstance(error, AssertionError) else "broken"
            action.error = clean.text(str(error) or type(error).__name__)
            raise
        finally:
            action.duration = time.time() - action.started_at
            self._enter(before)
            self._note(index, action, ended=True)

    def actions(self) -> tuple[Action, ...]:
        """All actions so far, in the order in which they began."""
        if self._known_to_actions != (known := self._known()):
            self._known_to_actions = known
            for action in self._actions:
                self._clean_again(action)
        return tuple(self._actions)

    def _clean_again(self, action: Action) -> None:
        clean = self._redactor.text
        action.title, action.error = clean(action.title), clean(action.error)
        action.parameters = {name: clean(value) for name, value in action.parameters.items()}

    def _note(self, index: int, action: Action, *, ended: bool) -> None:
        if self._journal is not None:
            self._journal.action(index, action, ended=ended)

    def _enter(self, action: int | None) -> None:
        self._inside.action = action
        if threading.get_ident() == self._owner:
            self._of_owner = action

    def _current(self) -> int | None:
        return getattr(self._inside, "action", self._of_owner)

    def now_doing(self) -> object:
        """The running step and the action that is open, by their indices."""
        return self._step(), self._current()

    def clean(self, text: str) -> str:
        """The text without secrets."""
        return self._redactor.text(text)

    def hide(self, *secrets: str) -> None:
        """Make known values that no exhibit may show: none that is left from now on, and none that is read."""
        self._redactor.add(*secrets)

    def __len__(self) -> int:
        return len(self._exhibits)

    def all(self) -> tuple[Exhibit, ...]:
        """Everything kept so far."""
        known = self._known()
        for place, (then, exhibit) in enumerate(self._exhibits):
            if then != known:
                self._exhibits[place] = (known, cleaned_again(exhibit, self._redactor))
        return tuple(exhibit for _, exhibit in self._exhibits)

    def of(self, kind: str) -> tuple[Exhibit, ...]:
        """What is of one kind."""
        return tuple(exhibit for exhibit in self.all() if exhibit.kind == kind)

    def _known(self) -> int:
        return len(self._redactor.secrets)


def cleaned_again(exhibit: Exhibit, redactor: Redactor) -> Exhibit:
    """An exhibit that was cleaned before, without the values that became known since."""
    body, media_type = exhibit.body, exhibit.media_type
    if isinstance(body, str):
        body = redactor.without_known(body)
    else:
        body, media_type = cleaned_bytes(body, media_type, redactor.without_known)
    data = {key: redactor.value(key, value) for key, value in exhibit.data.items()}
    summary = redactor.without_known(exhibit.summary)
    return replace(exhibit, summary=summary, body=body, media_type=media_type, data=data)
