"""One breach for each guarantee of demo/storefront/README.md: the smallest change that breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Change:
    """One place of the storefront's code, and what stands there instead."""

    file: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """Change the copy below `root`; the place must be there exactly once, or the breach is out of date."""
        path = root / "demo" / "storefront" / self.file
        text = path.read_text("utf-8")
        assert text.count(self.old) == 1, f"{self.file} has {text.count(self.old)} times: {self.old!r}"
        path.write_text(text.replace(self.old, self.new), "utf-8")


@dataclass(frozen=True)
class Breach:
    """A guarantee, how it is broken, and the features that are rehearsed (all, if none is named)."""

    name: str
    guarantee: str
    changes: tuple[Change, ...]
    features: tuple[str, ...] = ()


BREACHES: tuple[Breach, ...] = ()
