"""What the storefront promises about its settings."""

from __future__ import annotations

import pytest

from demo.storefront.accounts.app import AccountsSettings
from demo.storefront.platform.settings import SettingsError, Variables

COMPLETE = {
    "PORT": "8001",
    "DATABASE_URL": "postgresql+psycopg://storefront@127.0.0.1:5432/storefront",
    "BROKER_URL": "nats://127.0.0.1:4222",
    "CACHE_URL": "valkey://127.0.0.1:6379/0",
    "OPERATOR_KEY": "open sesame",
}


def refusal(**changes: str | None) -> str:
    """Return what is said when the complete settings are changed so; ``None`` removes a variable."""
    values = {name: value for name, value in {**COMPLETE, **changes}.items() if value is not None}
    with pytest.raises(SettingsError) as caught:
        AccountsSettings.read(Variables(values))
    return str(caught.value)


def test_what_is_not_said_has_a_safe_default() -> None:
    """A service that is told no more than it must know is in production, and heard on this machine only."""
    process = AccountsSettings.read(Variables(COMPLETE)).process
    assert (process.service, process.host, process.environment, process.version, process.collector_url) == (
        "accounts",
        "127.0.0.1",
        "production",
        "1.0.0",
        None,
    )


@pytest.mark.parametrize("name", COMPLETE)
def test_missing_variable_is_named(name: str) -> None:
    """A missing variable is named, with what was expected."""
    assert refusal(**{name: None}).startswith(f"{name} is not set; expected ")


@pytest.mark.parametrize("value", ["", "0", "65536", "80o1", "-1", "\uff18\uff10\uff10\uff11"])
def test_malformed_port_is_shown(value: str) -> None:
    """A port that is none is shown, with an example of one."""
    assert refusal(PORT=value) == (
        f"PORT is {value!r}; expected a port from 1 to 65535, such as '8001'. Set it and start the service again."
    )


@pytest.mark.parametrize("value", ["127.0.0.1:4222", "http://127.0.0.1:4222", "nats://", "nats://127.0.0.1:none"])
def test_malformed_url_is_shown_with_an_example(value: str) -> None:
    """A URL of another scheme, or without a host, is refused with an example of the right one."""
    assert refusal(BROKER_URL=value).startswith(f"BROKER_URL is {value!r}; expected a URL such as 'nats://127.0.0.1")


def test_password_in_a_url_is_never_shown() -> None:
    """A refused URL is shown without its password."""
    message = refusal(DATABASE_URL="mysql://storefront:hunter22@127.0.0.1/storefront")
    assert "hunter22" not in message
    assert "storefront:***@127.0.0.1" in message
