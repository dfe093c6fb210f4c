"""Reading `system.toml`: all faults at once, each with where it is, what was expected and the nearest known word."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from ..core import ConfigurationError, did_you_mean, sentence
from ._model import Part, Profile, SystemDescription
from ._references import reference_faults
from ._schema import KINDS, PROFILE, REDACTION, SYSTEM, TOP, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_Table = dict[str, Any]


def load(path: Path) -> SystemDescription:
    """The system that the file describes; ConfigurationError names everything that is wrong with it."""
    table = _read(path)
    if faults := list(_table_faults(table)):
        raise _wrong(path, faults)
    description = _built(path.resolve(), table)
    if faults := list(reference_faults(description)):
        raise _wrong(path, faults)
    return description


def _read(path: Path) -> _Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        msg = f"{path} does not exist. It describes the system under test: name, parts and profiles."
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
    for name, source in _table(table, "secrets").items():
        if source != "generate" and not re.fullmatch(r"environment:\w+", str(source)):
            yield f"secrets.{name}: is {source!r}; expected 'generate' or 'environment:NAME'."
    for name, profile in _table(table, "profiles").items():
        yield from faults_of(profile if isinstance(profile, dict) else {}, PROFILE, f"profiles.{name}")
    for name, part in _table(table, "parts").items():
        yield from _part_faults(name, part)


def _name_faults(system: _Table) -> Iterator[str]:
    name = system.get("name")
    if isinstance(name, str) and not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        yield f"system.name: is {name!r}; expected lower-case letters, digits and hyphens, such as 'storefront'."


def _part_faults(name: str, part: object) -> Iterator[str]:
    where = f"parts.{name}"
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", name) or name in {"guests", "secrets", "control"}:
        yield f"{where}: cannot be a part's name; expected lower-case letters, digits, hyphens, and not a word of ours."
    if not isinstance(part, dict):
        yield f"{where}: is {part!r}; expected a table."
        return
    kind = part.get("kind")
    if isinstance(kind, str) and kind not in KINDS:
        yield sentence(f"{where}.kind: no kind of part is called {kind!r}.", did_you_mean(kind, KINDS))
    else:
        yield from faults_of(part, KINDS.get(str(kind), KINDS["nats"]), where)


def _table(table: _Table, name: str) -> _Table:
    value = table.get(name, {})
    return value if isinstance(value, dict) else {}


def _built(path: Path, table: _Table) -> SystemDescription:
    system = table["system"]
    profiles = {name: Profile(name, **_frozen(profile)) for name, profile in table.get("profiles", {}).items()}
    return SystemDescription(
        path=path,
        name=system["name"],
        tenant_column=system.get("tenant_column", ""),
        origins=tuple(system.get("origins", ())),
        secrets=table.get("secrets", {}),
        redacted_fields=tuple(table.get("redaction", {}).get("fields", ())),
        parts={name: Part(name, **_frozen(part)) for name, part in table["parts"].items()},
        profiles=profiles or {"embedded": Profile("embedded")},
    )


def _frozen(table: _Table) -> _Table:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
