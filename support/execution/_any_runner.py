"""What can be set of our runner and means nothing to another, with which a suite may have been started."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..core import ConfigurationError

if TYPE_CHECKING:
    from ..core import Settings

_NO: Final = frozenset({"", "0", "false", "no", "off"})
_AS_ANY: Final = {
    "order": "as_written",
    "smoke_first": "false",
    "jobs": "1",
    "retries": "0",
    "repeat": "1",
    "until": "done",
    "shard": "",
    "fail_on_flaky": "false",
    "only": "all",
    "step_limit": "0",
    "scenario_limit": "0",
}
"""What any runner does, by the setting of ours that changes it."""


def check_any_runner(settings: Settings) -> None:
    """ConfigurationError for what was asked of our runner alone: another would not do it, and not say so."""
    given = settings.given()
    asked = [name for name, word in _AS_ANY.items() if given.get(name, word).lower() not in {word, *_NO}]
    if not asked:
        return
    them = "them" if len(asked) > 1 else "it"
    need = "need" if len(asked) > 1 else "needs"
    msg = (
        f"{', '.join(f'-D {name}={given[name]}' for name in asked)} {need} our runner, and another has been started. "
        f"Say `runner = {__package__}:Runner` in behave.ini or pass `-r {__package__}:Runner`, or leave {them} out."
    )
    raise ConfigurationError(msg)
