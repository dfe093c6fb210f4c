"""What can be wrong with the browser itself: always yellow."""

from __future__ import annotations

from ..core import PartUnavailable, sentence

WAYS_OUT = (
    "Ways out: `python -m support browser` provisions one without root and says how that went; "
    "with --install-system, as root, apt-get, dnf or brew installs one; "
    "or name one by -D browser_path=/path/to/chrome."
)

_OTHER_WAYS_OUT = (
    "Ways out: `playwright install --with-deps firefox webkit`, which needs the network and root; "
    "or leave -D browser out and take Chromium."
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

    tried: tuple[str, ...] = ()

    @classmethod
    def after(cls, *tried: str, engine: str = "chromium") -> NoBrowser:
        """The error after these were tried in vain."""
        ways_out = WAYS_OUT if engine == "chromium" else _OTHER_WAYS_OUT
        told = f"Tried: {'; '.join(each.rstrip('.') for each in tried)}."
        error = cls(sentence(f"no {engine.capitalize()} was found.", told, ways_out))
        error.tried = tried
        return error
