"""Names in braces in `system.toml`: `{database.address}` becomes the address that the started database was given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAME: Final = re.compile(r"\{([a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_]*)?)\}")


def names_in(text: str) -> list[str]:
    """The names in braces; other braces (JSON, for example) are left alone."""
    return _NAME.findall(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every name replaced by its value; KeyError for an unknown name (files are checked when read)."""
    return _NAME.sub(lambda found: values[found[1]], text)


def values_of(addresses: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a file may name of each part: `{part.url}`, `{part.address}` (host:port), `{mailbox.smtp}`."""
    for name, url in addresses.items():
        if "." in name:
            yield name, url
        else:
            yield f"{name}.url", url
            yield f"{name}.address", urlsplit(url).netloc.rpartition("@")[2]
