"""Reading `system.toml`: all faults at once, each with where it is, what was expected and the nearest known word."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from ..core import ConfigurationError, did_you_mean, sentence
from ._model import TEST, Clock, Marker, Part, Profile, Redaction, SystemDescription
from ._redaction_faults import redaction_faults
from ._references import reference_faults
from ._schema import CLOCK, KINDS, MARKER, PROFILE, REDACTION, SYSTEM, TOP, TRAFFIC, faults_of, found, sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_Table = dict[str, Any]


def load(path: Path) -> SystemDescription:
    """The system that the file describes; ConfigurationError names everything that is wrong with it."""
    table = _read(path)
    faults = list(_table_faults(table))
    description = _built(path.resolve(), _sound(table))
    faults += reference_faults(description)
    if faults:
        raise _wrong(path, faults)
    return description


def _read(path: Path) -> _Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        msg = f"{path} does not exist. It describes the system under test: name, parts and profiles."
        raise ConfigurationError(msg) from None
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}. It describes the system under test; name a file."
        raise ConfigurationError(msg) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(path, [f"is not TOML: {error}."]) from None


def _wrong(path: Path, faults: list[str]) -> ConfigurationError:
    return ConfigurationError("\n".join(f"{path.name}: {fault}" for fault in faults))


def _table_faults(table: _Table) -> Iterator[str]:
    yield from faults_of(table, TOP, "")
    yield from faults_of(_table(table, "system"), SYSTEM, "system")
    yield from _name_faults(_table(table, "system"))
    yield from faults_of(_table(table, "redaction"), REDACTION, "redaction")
    yield from redaction_faults(sound(table.get("redaction"), REDACTION))
    yield from _secret_faults(_table(table, "secrets"), "secrets")
    for name, keys in (("marker", MARKER), ("clock", CLOCK)):
        if name in table:
            yield from faults_of(_table(table, name), keys, name)
    for name, part in _table(table, "parts").items():
        yield from _part_faults(name, part, f"parts.{name}")
    for name, profile in _table(table, "profiles").items():
        yield from _profile_faults(f"profiles.{name}", profile, table)


def _secret_faults(secrets: _Table, where: str) -> Iterator[str]:
    for name, source in secrets.items():
        if source != "generate" and not re.fullmatch(r"environment:\w+", str(source)):
            yield f"{where}.{name}: its value is not shown; expected 'generate' or 'environment:NAME'."


def _profile_faults(where: str, profile: object, table: _Table) -> Iterator[str]:
    if not isinstance(profile, dict):
        yield f"{where}: {found(where, profile)}; expected a table."
        return
    yield from faults_of(profile, PROFILE, where)
    yield from _secret_faults(_table(profile, "secrets"), f"{where}.secrets")
    for name, part in _table(profile, "parts").items():
        merged = _merged(_table(table, "parts").get(name), part) if isinstance(part, dict) else part
        yield from _part_faults(name, merged, f"{where}.parts.{name}")


def _name_faults(system: _Table) -> Iterator[str]:
    name = system.get("name")
    if isinstance(name, str) and not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        yield f"system.name: is {name!r}; expected lower-case letters, digits and hyphens, such as 'bookshop'."


def _part_faults(name: str, part: object, where: str) -> Iterator[str]:
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", name) or name in {"guests", "secrets", "control"}:
        yield f"{where}: cannot be a part's name; expected lower-case letters, digits, hyphens, and not a word of ours."
    if not isinstance(part, dict):
        yield f"{where}: {found(where, part)}; expected a table."
        return
    kind = part.get("kind")
    if isinstance(kind, str) and kind not in KINDS:
        yield sentence(f"{where}.kind: no kind of part is called {kind!r}.", did_you_mean(kind, KINDS))
    else:
        yield from faults_of(part, KINDS.get(str(kind), KINDS["nats"]), where)
        yield from faults_of(_table(part, "traffic"), TRAFFIC, f"{where}.traffic")


def _table(table: object, name: str) -> _Table:
    value = table.get(name, {}) if isinstance(table, dict) else {}
    return value if isinstance(value, dict) else {}


def _merged(part: object, other: _Table) -> _Table:
    """A part as a profile has it: with its keys in place of the part's own, or all its own if it says a kind."""
    return other if "kind" in other or not isinstance(part, dict) else {**part, **other}


def _sound(table: _Table) -> _Table:
    """What can be built of a file that may be wrong: whatever is wrong is left out, whatever must be is filled in."""
    profiles = {
        name: {
            **sound(profile, PROFILE),
            "parts": {
                part: _sound_part(_merged(_table(table, "parts").get(part), other))
                for part, other in _table(profile, "parts").items()
                if isinstance(other, dict)
            },
        }
        for name, profile in _table(table, "profiles").items()
        if isinstance(profile, dict)
    }
    marker, clock = sound(table.get("marker"), MARKER), sound(table.get("clock"), CLOCK)
    return {
        **sound(table, TOP),
        "system": {"name": "", **sound(table.get("system"), SYSTEM)},
        "redaction": sound(table.get("redaction"), REDACTION),
        "parts": {name: _sound_part(part) for name, part in _table(table, "parts").items()},
        "marker": marker if {"url", "pointer"} <= set(marker) else None,
        "clock": clock if "url" in clock else None,
        "profiles": profiles,
    }


def _sound_part(part: object) -> _Table:
    given = part if isinstance(part, dict) else {}
    kind = given.get("kind")
    known = kind if isinstance(kind, str) and kind in KINDS else "nats"
    found = {"kind": known, **sound({**given, "kind": known}, KINDS[known])}
    return {**found, "traffic": sound(found.get("traffic"), TRAFFIC)}


def _built(path: Path, table: _Table) -> SystemDescription:
    system = table["system"]
    profiles = {name: _profile(name, profile) for name, profile in table["profiles"].items()}
    return SystemDescription(
        path=path,
        name=system["name"],
        tenant_column=system.get("tenant_column", ""),
        origins=tuple(system.get("origins", ())),
        preload=tuple(system.get("preload", ())),
        secrets=table.get("secrets", {}),
        redaction=Redaction(**_frozen(table["redaction"])),
        parts={name: Part(name, **_frozen(part)) for name, part in table["parts"].items()},
        profiles=profiles or {"embedded": Profile("embedded", marked=TEST)},
        marker=Marker(**table["marker"]) if table["marker"] else None,
        clock=Clock(**table["clock"]) if table["clock"] else None,
    )


def _profile(name: str, table: _Table) -> Profile:
    parts = {part: Part(part, **_frozen(given)) for part, given in table["parts"].items()}
    return Profile(name, **{**_frozen(table), "parts": parts})


def _frozen(table: _Table) -> _Table:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
