"""The cache door against a real Valkey."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from valkey import Valkey

from support.core import Evidence, PartUnavailable, RehearsalError
from support.doors import CacheDoor

from .conftest import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.core import ScenarioIdentity

    from .conftest import Server


@pytest.fixture
def writer(valkey: Server) -> Iterator[Valkey]:
    with Valkey(host="127.0.0.1", port=valkey.port) as client:
        client.flushall()
        yield client
        client.connection_pool.disconnect()


@pytest.fixture
def door(valkey: Server, identity: ScenarioIdentity, evidence: Evidence) -> Iterator[CacheDoor]:
    made = CacheDoor(f"valkey://127.0.0.1:{valkey.port}/0", identity, evidence)
    yield made
    made.close()
    made.close()


def test_reading_keys(door: CacheDoor, writer: Valkey, evidence: Evidence) -> None:
    """Values, time to live, existence and keys by pattern are read, and each look is kept."""
    writer.set("session:1", "Ada", ex=60)
    writer.set("session:2", "Ben")
    assert (door.get("session:1"), door.get("session:9")) == ("Ada", None)
    assert 59 < (door.ttl("session:1") or 0) <= 60
    assert (door.ttl("session:2"), door.ttl("session:9")) == (math.inf, None)
    assert (door.exists("session:2"), door.exists("session:9")) == (True, False)
    assert door.keys("session:*") == ["session:1", "session:2"]
    assert evidence.of("cache.read")[0].summary == "GET session:1 -> 3 characters"
    assert evidence.of("cache.read")[-1].data["value"] == ["session:1", "session:2"]


def test_too_many_keys_are_refused(door: CacheDoor, writer: Valkey) -> None:
    """A pattern that matches more than a thousand keys is ours to narrow."""
    writer.mset({f"key:{number}": "" for number in range(1500)})
    with pytest.raises(RehearsalError, match="Name them more closely"):
        door.keys("key:*")


def test_the_connection_bears_the_scenarios_name(door: CacheDoor, writer: Valkey, identity: ScenarioIdentity) -> None:
    """The server's list of clients shows the tenant key."""
    door.exists("anything")
    clients: Any = writer.client_list()
    assert f"rehearsal-{identity.tenant}" in {client["name"] for client in clients}


def test_a_key_of_another_kind_is_ours(door: CacheDoor, writer: Valkey) -> None:
    """Reading a list as a string is a RehearsalError with the server's reason."""
    writer.rpush("basket", "tea")
    with pytest.raises(RehearsalError, match=r"GET basket: .*wrong kind"):
        door.get("basket")


def test_an_unreachable_or_hung_server_is_yellow(
    valkey: Server, identity: ScenarioIdentity, evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody at the port, and a server that hangs, are PartUnavailable."""
    monkeypatch.setattr("support.doors.cache._LIMIT", 0.3)
    for port, stopped in ((free_port(), False), (valkey.port, True)):
        door = CacheDoor(f"valkey://127.0.0.1:{port}", identity, evidence, part="cache")
        if stopped:
            door.get("x")
            with valkey.frozen(), pytest.raises(PartUnavailable, match="cache: GET x"):
                door.get("x")
        else:
            with pytest.raises(PartUnavailable, match="refused"):
                door.get("x")
        door.close()
