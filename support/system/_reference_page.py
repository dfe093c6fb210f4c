"""The reference of `system.toml`, made from the schema by which files are checked."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from ..core import CAPABILITIES, SECRET_WORDS
from ._references import MORE_ADDRESSES, SERVICE_NAMES
from ._schema import CLOCK, KINDS, MARKER, PROFILE, REDACTION, SYSTEM, TOP, TRAFFIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._schema import Key

_HEAD: Final = """\
# Every key of system.toml

The file describes the system under test: what it is called, its parts, and the ways to have it. How to write one is
told in [Describe your system](../how-to/describe-your-system.md). A key that is not listed here is an error that names
the nearest one; all errors are told at once. This page is generated: `python -m support system --write`.
"""
_CLOCK: Final = """\
What the system must answer there is told in [The clock of a test environment](clock.md).
"""
_TRAFFIC: Final = """\
Each caller counts for itself. What all scenarios share of it, and so decides which of them must run alone, is told in
[What the mesh counts](../explanation/what-the-mesh-counts.md).
"""
_TYPES: Final = {
    "text": "text", "texts": "list of texts", "seconds": "seconds", "count": "number", "percent": "percent",
    "flag": "true or false", "table": "table of texts", "any table": "table",
}  # fmt: skip
_REDACTION: Final = """\
Names are compared without case, hyphens, underscores and spaces. Fields whose names contain one of these words are
always secret:

{words}

So is, wherever it stands, what follows `Bearer`, `Basic`, `Digest` and `Negotiate`, passwords in addresses, JSON web
tokens, private keys and numbers of cards. Secrets that the run was given or has learnt are redacted in every field,
also in one that is `kept`.

A pattern is one of Python's `re`. It is refused if it fits where nothing stands, or repeats a repetition, as in
`(a+)+`. It is searched for in every text that is kept, of up to a megabyte: let it begin with what is rare, and bound
what it repeats (`[0-9]{{6,12}}` in place of `[0-9]+`).
"""
_KINDS: Final = {
    "service": "a program of the system's own",
    "postgresql": "a PostgreSQL server",
    "nats": "a NATS server with JetStream",
    "valkey": "a Valkey server",
    "mailbox": "an SMTP server that keeps what it is sent and answers as Mailpit does",
    "envoy": "the mesh in front of the services and between them",
}


def reference() -> str:
    """The whole page, in Markdown."""
    return "\n".join(
        [
            _HEAD,
            _section("The file", TOP),
            _section("[system]", SYSTEM),
            *(_section(f'[parts.NAME] with kind = "{kind}": {told}', KINDS[kind]) for kind, told in _KINDS.items()),
            _section("[parts.NAME.traffic] of a service, or of the mesh for every service", TRAFFIC),
            _TRAFFIC,
            _section("[profiles.NAME]", PROFILE),
            _capabilities(),
            _section("[marker]", MARKER),
            _section("[clock]", CLOCK),
            _CLOCK,
            _section("[redaction]", REDACTION),
            _REDACTION.format(words=fill(", ".join(f"`{word}`" for word in SECRET_WORDS), 120)),
            _names(),
        ]
    )


def _section(title: str, keys: Mapping[str, Key]) -> str:
    rows = [
        f"| `{name}` | {_TYPES[key.type]} | {'yes' if key.required else ''} | {_cell(key.help)} |\n"
        for name, key in keys.items()
    ]
    return f"## {title}\n\n| key | value | must be there | meaning |\n|---|---|---|---|\n{''.join(rows)}"


def _capabilities() -> str:
    rows = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in CAPABILITIES.items())
    return (
        "## What `may` grants\n\n"
        'All but `read` needs `marked = "test"` and, where `[marker]` is declared, the word of the system itself. '
        "Scenarios\nthat need what is not granted are skipped before anything is done; what no scenario has warned of "
        f"is refused.\n\n| word | meaning |\n|---|---|\n{rows}"
    )


def _names() -> str:
    more = ", ".join(f"`{{{kind}.{name}}}`" for kind, names in MORE_ADDRESSES.items() for name in names)
    own = ", ".join(f"`{{{name}}}`" for name in SERVICE_NAMES)
    return (
        "## Names in braces\n\n"
        f"In `command` and `environment` of a service: {own} are its own; `{{PART.url}}` and `{{PART.address}}` "
        f"(host:port)\nare another part's, and so are, of a part of that kind, {more}; `{{secrets.NAME}}` is a secret; "
        "`{guests.url}` is where\nRehearsal itself listens. In `marker.url`: the addresses of parts. In `[clock]`: "
        "addresses, secrets, and in its `url` `{tenant}`,\nthe tenant of the scenario. Other braces are left alone.\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
