"""What may stand in `system.toml`: every key with its type and its meaning, from which files are checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from ..core import Redactor, did_you_mean, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import UnionType


@dataclass(frozen=True, slots=True)
class Key:
    """One key: the type of its value (see `_TYPES`), and what it means."""

    type: str
    help: str
    required: bool = False


TOP: Final = {
    "system": Key("any table", "what the system is called and how it is met", required=True),
    "secrets": Key("table", "secrets by name: 'generate', or 'environment:NAME'"),
    "redaction": Key("any table", "what must not reach a report"),
    "parts": Key("any table", "the parts of the system by name", required=True),
    "profiles": Key("any table", "the ways to have the system, by name"),
    "marker": Key("any table", "how the system is asked whether it is a test environment"),
    "clock": Key("any table", "how the system's clock is turned, where it is a test environment"),
}
SYSTEM: Final = {
    "name": Key("text", "lower-case letters, digits and hyphens", required=True),
    "tenant_column": Key("text", "the column by which one tenant's rows are found"),
    "preload": Key("texts", "Python modules that services run by '{python} -m' share: imported once, services forked"),
    "origins": Key("texts", "parts whose address the browser may carry the scenario's identity to"),
}
MARKER: Final = {
    "url": Key("text", "where it is asked, such as '{mesh.url}/healthz'; the answer is JSON", required=True),
    "pointer": Key("text", "JSON pointer to the word in the answer, such as '/environment'", required=True),
    "expected": Key("text", "the word of a test environment ('test')"),
}
CLOCK: Final = {
    "url": Key("text", "where it is turned, such as '{mesh.url}/tenants/{tenant}/clock'", required=True),
    "authorization": Key("text", "what is sent as `Authorization`, such as 'Bearer {secrets.operator_key}'"),
}
REDACTION: Final = {
    "fields": Key("texts", "words: a field whose name contains one is secret; 'email' is in 'billing_email', too"),
    "personal": Key("texts", "names of fields that are personal by their whole name: 'name', but not 'file_name'"),
    "kept": Key("texts", "names of fields that are shown though they contain a word of secrets, such as 'token_type'"),
    "patterns": Key("texts", "regular expressions of what is personal wherever it stands, such as 'CUST-[0-9]{6}'"),
}
PROFILE: Final = {
    "marked": Key("text", "the kind of environment; only 'test' may be written to, disturbed or loaded"),
    "addresses": Key("table", "where the parts stand that are not started: part = URL; nothing else is started then"),
    "start": Key("texts", "parts that are started all the same, beside those with addresses"),
    "may": Key(
        "texts", "what is granted of read, write, disturb, load, clock; unsaid: all to a test system that we start"
    ),
    "restart": Key("flag", "whether a part that dies in mid-run is started again (false)"),
    "versions": Key("table", "the version that a part must have: part = version; asked before anything is done"),
    "secrets": Key("table", "secrets that are had otherwise here"),
    "parts": Key("any table", "parts that are other here: keys in place of the part's own, or all of them with a kind"),
}

TRAFFIC: Final = {
    "retries": Key("count", "how often a request is sent again of which nothing has reached the service (never)"),
    "retry_budget": Key("percent", "retries at one time, in percent of the requests under way (3 retries)"),
    "max_connections": Key("count", "connections at one time (1024); one more waits"),
    "max_pending_requests": Key("count", "requests that wait for a connection (1024); one more is refused"),
    "max_requests": Key("count", "requests at one time (1024); one more is refused"),
    "consecutive_gateway_failures": Key("count", "after so many 502, 503 or 504 in a row nobody is sent there (never)"),
    "base_ejection_time": Key("seconds", "how long nobody is sent there, the first time (30)"),
}
_ALL: Final = 100  # percent
_EVERY_PART: Final = {
    "kind": Key("text", "what the part is", required=True),
    "needs": Key("texts", "parts that must be ready before this one is started"),
    "ready_within": Key("seconds", "how long it may take to become ready (20)"),
}
KINDS: Final[Mapping[str, Mapping[str, Key]]] = {
    "postgresql": {**_EVERY_PART, "databases": Key("texts", "databases to create")},
    "nats": _EVERY_PART,
    "valkey": _EVERY_PART,
    "mailbox": _EVERY_PART,
    "envoy": {
        **_EVERY_PART,
        "routes": Key("table", "path prefix = service", required=True),
        "traffic": Key("any table", "how the way to every service is guarded"),
        "version": Key("text", "where the version of the whole is told, as for a service"),
    },
    "service": {
        **_EVERY_PART,
        "command": Key("texts", "program and arguments; {python} is the interpreter", required=True),
        "health": Key("text", "path that answers 200 when the service is ready (none: its port is open)"),
        "calls": Key("texts", "services that it reaches through the mesh as http://<name>.mesh"),
        "environment": Key("table", "environment variables"),
        "traffic": Key("any table", "how the way to it is guarded, in place of the mesh's keys of the same names"),
        "watch": Key("texts", "folders and files of its code: `up --watch` restarts it when they change"),
        "version": Key("text", "where its version is told: path#pointer into JSON, such as '/healthz#/version'"),
    },
}


_REDACTOR: Final = Redactor()


def found(name: str, value: object) -> str:
    """What is said of a wrong value: what it is, but for what may be a secret."""
    if _REDACTOR.is_secret(name):
        return "its value is not shown"
    return f"is {_REDACTOR.value(name, value)!r}"


def _is_positive(value: object, kind: type | UnionType) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool) and cast("float", value) > 0


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(each, str) for each in values)


@dataclass(frozen=True, slots=True)
class _Type:
    """What is expected, for an error message, and what fits."""

    expected: str
    fits: Callable[[Any], bool]


_TYPES: Final[Mapping[str, _Type]] = {
    "text": _Type("a text in quotes", lambda value: isinstance(value, str)),
    "texts": _Type("a list of texts", lambda value: isinstance(value, list) and _are_texts(value)),
    "flag": _Type("true or false", lambda value: isinstance(value, bool)),
    "seconds": _Type("a number of seconds above 0", lambda value: _is_positive(value, int | float)),
    "count": _Type("a whole number above 0", lambda value: _is_positive(value, int)),
    "percent": _Type(
        "a number above 0 and up to 100", lambda value: _is_positive(value, int | float) and value <= _ALL
    ),
    "table": _Type("a table of texts", lambda value: _is_table(value) and _are_texts(value.values())),
    "any table": _Type("a table", _is_table),
}


def faults_of(table: Mapping[str, object], keys: Mapping[str, Key], where: str) -> Iterator[str]:
    """Everything wrong with the keys and types of one table; `where` is its dotted name."""
    prefix = f"{where}." if where else ""
    for name, value in table.items():
        if name not in keys:
            yield sentence(f"{prefix}{name}: unknown key.", did_you_mean(name, keys))
        elif not _TYPES[keys[name].type].fits(value):
            yield f"{prefix}{name}: {found(name, value)}; expected {_TYPES[keys[name].type].expected}."
    for name, key in keys.items():
        if key.required and name not in table:
            yield f"{prefix}{name}: is missing; it says {key.help}."


def sound(table: object, keys: Mapping[str, Key]) -> dict[str, Any]:
    """What is right in a table that may be wrong elsewhere."""
    given = table if isinstance(table, dict) else {}
    return {name: value for name, value in given.items() if name in keys and _TYPES[keys[name].type].fits(value)}
