"""What can be set from the command line (`-D name=value`) or in behave.ini, and what happens to a word that cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._errors import ConfigurationError, did_you_mean, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: its name, what it does (one line), its default and, if closed, its choices."""

    name: str
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()


class Settings:
    """The settings of a run: every name known and every value a choice, or ConfigurationError naming all faults."""

    def __init__(self, known: Iterable[Setting], given: Mapping[str, object]) -> None:
        self._known = {setting.name: setting for setting in known}
        self._given = {name: str(value) for name, value in given.items()}
        faults = [self._unknown(name) for name in self._given if name not in self._known]
        faults += [fault for setting in self._known.values() if (fault := self._bad_choice(setting))]
        if faults:
            raise ConfigurationError("\n".join(faults))

    def text(self, name: str) -> str:
        """The value as given, or the default."""
        return self._given[name] if name in self._given else self._known[name].default

    def flag(self, name: str) -> bool:
        """A yes or no: `-D name` alone means yes."""
        value = self.text(name).lower()
        if value in _TRUE:
            return True
        if value in _FALSE or not value:
            return False
        msg = f"{self._told(name)}: expected true or false."
        raise ConfigurationError(msg)

    def number(self, name: str) -> int | None:
        """A whole number, or None if neither given nor defaulted."""
        value = self.text(name)
        if not value:
            return None
        if value.isdecimal() and len(value) <= _MOST_DIGITS:
            return int(value)
        if value.isdecimal():
            msg = f"-D {name}=...: {len(value)} digits are too many; expected a whole number of up to {_MOST_DIGITS}."
            raise ConfigurationError(msg)
        msg = f"{self._told(name)}: expected a whole number such as -D {name}=42."
        raise ConfigurationError(msg)

    def given(self) -> dict[str, str]:
        """What was set, as it was written."""
        return dict(self._given)

    def _unknown(self, name: str) -> str:
        return sentence(f"{self._told(name)}: no setting has this name.", did_you_mean(name, self._known))

    def _bad_choice(self, setting: Setting) -> str:
        value = self.text(setting.name)
        if not setting.choices or not value or value in setting.choices:
            return ""
        return sentence(f"{self._told(setting.name)} is not a choice.", did_you_mean(value, setting.choices))

    def _told(self, name: str) -> str:
        """The setting as it was given; by its name alone if a field of that name would be secret."""
        from ._redaction import Redactor

        redactor = Redactor()
        if redactor.is_secret(name):
            return f"-D {name}=... (its value is not shown)"
        return f"-D {name}={redactor.text(self.text(name))}"
