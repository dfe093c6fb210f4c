"""What a door leaves behind for those who must understand a failure.

One protocol for every door: it hands an `Exhibit` to an `EvidenceSink`. The scenario's sink redacts on entering, so no
later reader can meet a secret.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ._redaction import Redactor


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One thing seen or done.

    `kind` says which door it came from and what it is: "http.exchange", "sql.query", "message", "mail",
    "browser.screenshot", "browser.console", ... `summary` is one line ("POST /orders -> 201, 31 ms"). `body` is all of
    it: text, or bytes that no redactor can read (a picture). `media_type` describes the body. `data` holds what a
    program may want to read: JSON values only. `at` (Unix seconds) and `step` (index, from 0; None outside a step) are
    filled in by the sink.
    """

    kind: str
    summary: str
    body: str | bytes = ""
    media_type: str = "text/plain"
    data: Mapping[str, object] = field(default_factory=dict)
    at: float = 0.0
    step: int | None = None


class EvidenceSink(Protocol):
    """Where doors leave their evidence."""

    def keep(self, exhibit: Exhibit) -> None:
        """Keep one exhibit, redacted."""


class Evidence:
    """The evidence of one scenario, in the order in which it was left; redacted as it enters."""

    def __init__(self, redactor: Redactor, step: Callable[[], int | None] = lambda: None) -> None:
        self._redactor, self._step = redactor, step
        self._exhibits: list[Exhibit] = []

    def keep(self, exhibit: Exhibit) -> None:
        """Keep one exhibit: redacted, with its time and the step in which it was left."""
        clean = self._redactor
        body = clean.text(exhibit.body) if isinstance(exhibit.body, str) else exhibit.body
        data = {key: clean.value(key, value) for key, value in exhibit.data.items()}
        self._exhibits.append(
            replace(
                exhibit,
                summary=clean.text(exhibit.summary),
                body=body,
                data=data,
                at=exhibit.at or time.time(),
                step=self._step() if exhibit.step is None else exhibit.step,
            )
        )

    def clean(self, text: str) -> str:
        """The text without secrets."""
        return self._redactor.text(text)

    def hide(self, *secrets: str) -> None:
        """Make known values that no exhibit may show from now on."""
        self._redactor.add(*secrets)

    def __len__(self) -> int:
        return len(self._exhibits)

    def all(self) -> tuple[Exhibit, ...]:
        """Everything kept so far."""
        return tuple(self._exhibits)

    def of(self, kind: str) -> tuple[Exhibit, ...]:
        """What is of one kind."""
        return tuple(exhibit for exhibit in self._exhibits if exhibit.kind == kind)
