"""Keeping secrets out of what behave captures of the output, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from behave.capture import Captured, ManyCaptured

if TYPE_CHECKING:
    from collections.abc import Callable

_AS_BEHAVE_HAS_IT = ManyCaptured.add_captured


def clean_captured(clean: Callable[[str], str]) -> None:
    """From now on, store what behave captures without secrets: terminal, JUnit and reports see nothing else."""
    from ..core import printable

    def add(many: Any, other: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - behave's own
        if isinstance(other, Captured):
            texts = (printable(clean(text)) for text in (other.stdout, other.stderr, other.log))
            other = Captured(*texts, name=other.name, failed=other.failed)
        return _AS_BEHAVE_HAS_IT(many, other, *arguments, **named)

    ManyCaptured.add_captured = add


def captured_as_ever() -> None:
    """From now on, store what behave captures as it is: the run that knew its secrets has ended."""
    ManyCaptured.add_captured = _AS_BEHAVE_HAS_IT
