"""Settings come from environment variables only, and each is checked before anything starts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

HIGHEST_PORT = 65535
_NAME = re.compile(r"[a-z][a-z0-9-]{0,38}")
_PASSWORD = re.compile(r"(?<=:)[^:@/]+(?=@)")


class SettingsError(Exception):
    """A variable is missing or malformed; the message names it, its value and what was expected."""

    def __init__(self, variable: str, value: str | None, expected: str) -> None:
        """Describe ``variable``; ``None`` as the value means that it is not set."""
        found = "is not set" if value is None else f"is {_PASSWORD.sub('***', value)!r}"
        super().__init__(f"{variable} {found}; expected {expected}. Set it and start the service again.")


class Variables:
    """Reads typed values from environment variables."""

    def __init__(self, values: Mapping[str, str]) -> None:
        """Read from ``values``, usually ``os.environ``."""
        self._values = values

    def text(self, name: str, expected: str, default: str | None = None) -> str:
        """Return a text that is not empty."""
        value = self._values.get(name, default)
        if not value:
            raise SettingsError(name, value, expected)
        return value

    def name(self, name: str, default: str) -> str:
        """Return a short lower-case name such as ``production``."""
        value = self._values.get(name, default)
        if not _NAME.fullmatch(value):
            raise SettingsError(name, value, f"a lower-case name such as {default!r}")
        return value

    def port(self, name: str) -> int:
        """Return a TCP port."""
        value = self._values.get(name)
        if value is None or not value.isascii() or not value.isdigit() or not 1 <= int(value) <= HIGHEST_PORT:
            raise SettingsError(name, value, f"a port from 1 to {HIGHEST_PORT}, such as '8001'")
        return int(value)

    def number(self, name: str, default: int, lowest: int = 1) -> int:
        """Return a whole number that is not below ``lowest``."""
        value = self._values.get(name, str(default))
        if not value.isascii() or not value.isdigit() or int(value) < lowest:
            raise SettingsError(name, value, f"a whole number from {lowest}, such as '{default}'")
        return int(value)

    def url(self, name: str, example: str) -> str:
        """Return a URL of the same scheme as ``example``, without a slash at its end."""
        value = self._values.get(name)
        if value is None or not _is_url(value, urlsplit(example).scheme):
            raise SettingsError(name, value, f"a URL such as {example!r}")
        return value.rstrip("/")

    def optional_url(self, name: str, example: str) -> str | None:
        """Return a URL, or ``None`` where the variable is absent or empty."""
        return self.url(name, example) if self._values.get(name) else None


def _is_url(value: str, scheme: str) -> bool:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    accepted = {"http", "https"} if scheme == "http" else {scheme}
    return parts.scheme in accepted and bool(parts.hostname) and port != 0


@dataclass(frozen=True, kw_only=True)
class ProcessSettings:
    """What every service needs to know about its own process."""

    service: str
    host: str
    port: int
    environment: str
    version: str
    collector_url: str | None

    @classmethod
    def read(cls, variables: Variables, service: str) -> Self:
        """Read the settings that all services share; ``service`` is the default name."""
        return cls(
            service=variables.text("OTEL_SERVICE_NAME", "the service's name", default=service),
            host=variables.text("HOST", "an address to listen on, such as '127.0.0.1'", default="127.0.0.1"),
            port=variables.port("PORT"),
            environment=variables.name("ENVIRONMENT", default="production"),
            version=variables.text("VERSION", "a version such as '1.0.0'", default="1.0.0"),
            collector_url=variables.optional_url("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"),
        )


def database_url(variables: Variables) -> str:
    """Read where PostgreSQL answers."""
    return variables.url("DATABASE_URL", "postgresql+psycopg://storefront@127.0.0.1:5432/storefront")


def broker_url(variables: Variables) -> str:
    """Read where NATS answers."""
    return variables.url("BROKER_URL", "nats://127.0.0.1:4222")


def cache_url(variables: Variables) -> str:
    """Read where Valkey answers."""
    return variables.url("CACHE_URL", "valkey://127.0.0.1:6379/0")


def operator_key(variables: Variables) -> str:
    """Read the secret by which the platform's operator is known; it is never shown."""
    return variables.text("OPERATOR_KEY", "the platform operator's secret")


def peer_key(variables: Variables) -> str:
    """Read the secret by which the platform's services know each other; it is never shown."""
    return variables.text("PEER_KEY", "the secret that the platform's services share")


@dataclass(frozen=True, kw_only=True)
class RateLimits:
    """How many requests pass in a minute; of accounts none are told where nobody has signed in yet."""

    per_shop: int
    per_account: int | None = None

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the limits; the defaults are generous to people and not to scripts."""
        shops = cls.read_for_shops(variables)
        return cls(per_shop=shops.per_shop, per_account=variables.number("RATE_LIMIT_ACCOUNT", default=20))

    @classmethod
    def read_for_shops(cls, variables: Variables) -> Self:
        """Read the limit of a service that counts for shops only."""
        return cls(per_shop=variables.number("RATE_LIMIT_SHOP", default=600))
