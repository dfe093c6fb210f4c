"""What a run may do to the system: granted by its profile, demanded by whoever touches it, needed by sentences.

Everything that leaves data, breaks or loads something asks the same `Permit` first, which the control process has drawn
up from the profile and from the system's own word. No setting of a run changes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ._errors import RehearsalError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

F = TypeVar("F", bound=Callable[..., Any])

CAPABILITIES: Final[Mapping[str, str]] = {
    "read": "look into the stores behind the system",
    "write": "leave data in it: submit, seed, clear",
    "disturb": "arrange accidents in it",
    "load": "put many users to work at once",
    "clock": "turn its clock",
}
"""The words of `may` in a profile and of `@needs:...`, with their meanings."""

HARMLESS: Final = frozenset({"read"})
"""What may be granted where nobody has marked the environment as one for tests."""

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""The methods of HTTP that leave nothing behind; all others count as writing."""

NEEDS_TAG: Final = "needs:"
_NEEDS: Final = "rehearsal_needs"


class NotPermitted(RehearsalError):  # noqa: N818 - the name is the message
    """The profile does not grant what was about to be done; nothing was done."""


@dataclass(frozen=True, slots=True)
class Permit:
    """What is granted, and by which profile."""

    granted: frozenset[str] = frozenset(CAPABILITIES)
    profile: str = ""

    def demand(self, capability: str, doing: str) -> None:
        """NotPermitted unless the capability is granted; `doing` says what was about to be done ("PUT http://...")."""
        if capability not in self.granted:
            msg = (
                f"{doing} was refused before it was done: {self.lacks({capability})} Tag the scenario "
                f"@{NEEDS_TAG}{capability}, or its sentence with needs({capability!r}), and it is skipped there."
            )
            raise NotPermitted(msg)

    def lacks(self, needs: Collection[str]) -> str:
        """Why something with these needs cannot be done; empty if it can."""
        missing = set(needs) - self.granted
        told = ", ".join(f"'{each}' ({meaning})" for each, meaning in CAPABILITIES.items() if each in missing)
        return f"The profile {self.profile!r} does not grant {told}." if told else ""


EVERYTHING: Final = Permit()
"""For doors that no run has opened."""


def needs(*capabilities: str) -> Callable[[F], F]:
    """Say beside a step what its sentence needs: scenarios with it are skipped under a profile that does not grant it.

    It stands below `@given`, `@when` or `@then`.
    """
    if unknown := set(capabilities) - set(CAPABILITIES):
        msg = f"needs({', '.join(map(repr, sorted(unknown)))}): expected of {', '.join(CAPABILITIES)}."
        raise ValueError(msg)

    def noted(step: F) -> F:
        step.__dict__[_NEEDS] = needed_by(step) | set(capabilities)
        return step

    return noted


def needed_by(step: Callable[..., Any]) -> frozenset[str]:
    """What `needs` has noted on a step, or on what wraps it."""
    return frozenset(getattr(step, _NEEDS, ()))
