"""What can be wrong with the browser itself: always yellow."""

from __future__ import annotations

from ..core import PartUnavailable, sentence

WAYS_OUT = (
    "Ways out: `python -m support browser` provisions one without root; "
    "as root `apt-get install chromium-headless-shell`, or `brew install --cask chromium`; "
    "or name one by -D browser_path=/path/to/chrome."
)


class BrowserUnavailable(PartUnavailable):
    """The browser cannot be had, does not start or has gone."""

    def __init__(self, reason: str) -> None:
        super().__init__("browser", reason)

    def __reduce__(self) -> tuple[type[BrowserUnavailable], tuple[str]]:  # type: ignore[override]
        """Survive pickling: the reason tells all."""
        return type(self), (self.reason,)


class NoBrowser(BrowserUnavailable):
    """No browser was found; the message lists what was tried and the ways out."""

    @classmethod
    def after(cls, *tried: str) -> NoBrowser:
        """The error after these were tried in vain."""
        return cls(sentence("none was found.", f"Tried: {'; '.join(tried)}.", WAYS_OUT))
