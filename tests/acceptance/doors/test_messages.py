"""The messages door against a real NATS with JetStream."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from nats import connect

from support.core import Evidence, PartUnavailable, PromiseBroken, RehearsalError
from support.doors import MessagesDoor
from support.doors._loop import LoopThread

from .conftest import free_port, running_nats

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nats.aio.client import Client

    from support.core import ScenarioIdentity

    from .conftest import Server


def prepare(url: str) -> None:
    """Make an empty stream with one durable consumer."""

    async def work() -> None:
        client = await connect(url)
        manager = client.jetstream()
        await manager.add_stream(name="SHOP", subjects=["shop.>"])
        await manager.purge_stream("SHOP")
        await manager.add_consumer("SHOP", durable_name="mailer", ack_policy="explicit")
        await client.close()

    loop = LoopThread("test")  # the main thread's loop is Playwright's, if a browser test came first
    loop.call(work(), 10)
    loop.close()


@pytest.fixture
def url(nats: Server) -> str:
    url = f"nats://127.0.0.1:{nats.port}"
    prepare(url)
    return url


@pytest.fixture
def door(url: str, identity: ScenarioIdentity, evidence: Evidence) -> Iterator[MessagesDoor]:
    made = MessagesDoor(url, identity, evidence)
    yield made
    made.close()
    made.close()


def test_what_was_published_is_read_by_subject(
    door: MessagesDoor, identity: ScenarioIdentity, evidence: Evidence
) -> None:
    """Messages come oldest first, filtered by subject, with data, headers and identity, and are kept."""
    first = door.publish("shop.a.order.placed", {"id": 1})
    door.publish("shop.b.order.placed", {"id": 2})
    door.publish("shop.a.order.placed", {"id": 3}, {"Nats-Msg-Id": "m3"})
    found = door.published("shop.a.order.placed")
    assert [message.data for message in found] == [{"id": 1}, {"id": 3}]
    assert [message.data["id"] for message in door.published("shop.*.order.placed", since=first)] == [2, 3]
    assert found[1].headers["Nats-Msg-Id"] == "m3"
    assert found[1].headers["baggage"] == identity.baggage()
    assert abs(found[0].time.timestamp() - time.time()) < 60
    assert evidence.of("message")[-2].summary == "shop.a.order.placed: 2 messages"


def test_nothing_published_is_known_at_once(door: MessagesDoor) -> None:
    """Where nothing was published the answer is empty, and nothing is waited for."""
    assert door.published("shop.nobody.order.placed") == []


def test_reading_disturbs_no_consumer(door: MessagesDoor) -> None:
    """A durable consumer of the system still has to be given every message, and no other consumer exists."""
    door.publish("shop.a.order.placed", {"id": 1})
    door.published("shop.>")
    assert door._call(lambda client: client.jsm().consumer_info("SHOP", "mailer")).num_pending == 1
    info = door._call(lambda client: client.jsm().consumers_info("SHOP"))
    assert [consumer.name for consumer in info] == ["mailer"]


def test_a_message_is_handled_once_its_consumer_says_so(door: MessagesDoor) -> None:
    """What a consumer has not acknowledged is not handled; what it has is, whatever was published after it."""
    sequence = door.publish("shop.a.order.placed", {"id": 1})
    assert not door.handled("SHOP", "mailer", sequence)
    door._call(_take_one)
    door.publish("shop.a.order.placed", {"id": 2})
    assert door.handled("SHOP", "mailer", sequence)


async def _take_one(client: Client) -> None:
    subscription = await client.jetstream().pull_subscribe_bind(consumer="mailer", stream="SHOP")
    (message,) = await subscription.fetch(1, timeout=5)
    await message.ack_sync()


def test_waiting_for_a_message(door: MessagesDoor) -> None:
    """The message that matches is returned; without one, PromiseBroken lists what is there."""
    door.publish("shop.a.order.placed", {"id": 1})
    assert door.wait_for("shop.a.>", lambda message: bool(message.data["id"] == 1)).subject == "shop.a.order.placed"
    with pytest.raises(PromiseBroken, match=r'found #\d+ shop.a.order.placed \{"id": 1\}'):
        door.wait_for("shop.a.>", lambda message: bool(message.data["id"] == 2), limit=0.1)


def test_a_subject_that_no_stream_takes_is_ours(door: MessagesDoor) -> None:
    """Reading or publishing there is a RehearsalError that names the streams; an unknown consumer too."""
    with pytest.raises(RehearsalError, match=r"No stream of the broker takes 'other.x' \(streams: SHOP\)"):
        door.published("other.x")
    with pytest.raises(RehearsalError, match="No stream"):
        door.publish("other.x", {})
    with pytest.raises(RehearsalError, match="consumer not found"):
        door.handled("SHOP", "nobody", 1)


def test_what_is_no_json_is_text(door: MessagesDoor) -> None:
    """A body that is no JSON comes as text."""
    door.publish("shop.raw", b"plain words")
    assert door.published("shop.raw")[0].data == "plain words"


def test_an_unreachable_or_hung_broker_is_yellow(
    nats: Server, url: str, identity: ScenarioIdentity, evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody at the port, and a broker that hangs, are PartUnavailable; after it recovers the door works again."""
    lonely = MessagesDoor(f"nats://127.0.0.1:{free_port()}", identity, evidence)
    with pytest.raises(PartUnavailable, match="does not answer"):
        lonely.published("shop.x")
    lonely.close()
    monkeypatch.setattr("support.doors.messages._LIMIT", 0.3)
    door = MessagesDoor(url, identity, evidence)
    assert door.published("shop.x") == []
    with nats.frozen(), pytest.raises(PartUnavailable):
        door.published("shop.x")
    assert door.published("shop.x") == []
    door.close()


def test_a_broker_that_was_restarted_is_connected_to_again(
    tmp_path: Path, identity: ScenarioIdentity, evidence: Evidence
) -> None:
    """After the broker has gone and come back on the same port, the door reads what was stored before."""
    port = free_port()
    door = MessagesDoor(f"nats://127.0.0.1:{port}", identity, evidence)
    with running_nats(tmp_path / "js", port):
        prepare(f"nats://127.0.0.1:{port}")
        door.publish("shop.a", {"id": 1})
    with pytest.raises(PartUnavailable):
        door.published("shop.a")
    with running_nats(tmp_path / "js", port):
        assert [message.data for message in door.published("shop.a")] == [{"id": 1}]
        door.close()
