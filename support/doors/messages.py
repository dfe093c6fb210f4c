"""What was published through a broker: NATS JetStream.

Messages are read where they stand, by sequence and subject; no consumer is made, so the system's own ones see nothing
of it.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from ..core import EVERYTHING, Exhibit, PartUnavailable, RehearsalError, eventually
from ._exhibits import MOST_ITEMS, SaidOnce, count, plain, readable

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Mapping
    from datetime import datetime

    from nats.aio.client import Client
    from nats.js.api import RawStreamMsg

    from ..core import EvidenceSink, Permit, ScenarioIdentity
    from ._loop import LoopThread

T = TypeVar("T")

_CONNECT_LIMIT, _LIMIT = 3.0, 10.0  # seconds until a silent broker counts as unavailable
_NO_MESSAGE = 10037  # JetStream's error code for "no message found"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a stream; `data` is its parsed JSON, or its text if it is none. `sequence` is its place."""

    subject: str
    data: Any
    sequence: int
    time: datetime
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """All of it as JSON values."""
        return {
            "subject": self.subject,
            "data": plain(self.data),
            "sequence": self.sequence,
            "time": self.time.isoformat(),
            "headers": dict(self.headers),
        }


class MessagesDoor:
    """Reads streams, and publishes in the scenario's name."""

    def __init__(
        self,
        url: str,
        identity: ScenarioIdentity,
        evidence: EvidenceSink,
        *,
        part: str = "broker",
        permit: Permit = EVERYTHING,
    ) -> None:
        self._url, self._part, self._permit = url, part, permit
        self._identity, self._sink, self._evidence = identity, evidence, SaidOnce(evidence)
        self._loop: LoopThread | None = None
        self._client: Client | None = None
        self._streams: dict[str, str] = {}

    def published(self, subject: str, *, since: int = 0) -> list[Message]:
        """The messages that stand in a stream for a subject such as `shop.*.order.placed`, oldest first.

        `since` leaves out those up to a sequence number.
        """
        found = self._read(subject, since)
        self._evidence.keep(_stood(subject, found), same=(subject, since, [message.sequence for message in found]))
        return found

    def wait_for(
        self, subject: str, matching: Callable[[Message], bool] = lambda _: True, *, limit: float = 10.0, since: int = 0
    ) -> Message:
        """The first message that matches, as soon as it is in the stream; PromiseBroken says what is there instead."""

        def check() -> Message:
            found = self.published(subject, since=since)
            match = next(filter(matching, found), None)
            assert match is not None, f"no message on {subject!r} is the expected one, found {_listed(found)}"
            return match

        return eventually(check, limit=limit)

    def publish(self, subject: str, payload: object, headers: Mapping[str, str] | None = None) -> int:
        """Publish JSON (bytes as they are) and return its sequence in the stream, once the stream has stored it.

        Headers of the same name win over the scenario's identity: a message repeated with its own is a redelivery.
        """
        self._permit.demand("write", f"publishing {subject}")
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        sent = {**self._identity.headers(), **(headers or {})}
        sequence = self._call(_publish, subject, body, sent)
        data = plain(payload) if not isinstance(payload, bytes) else readable(payload)
        told = {"subject": subject, "sequence": sequence, "headers": sent, "data": data}
        self._sink.keep(Exhibit("message", f"published {subject} (sequence {sequence})", data=told))
        return sequence

    def handled(self, stream: str, consumer: str, sequence: int) -> bool:
        """Whether a durable consumer has finished everything up to a sequence number, whatever came after it."""
        finished = self._call(_finished, stream, consumer)
        told = {"stream": stream, "consumer": consumer, "finished": finished}
        summary = f"{stream}/{consumer} has finished everything up to sequence {finished}"
        self._evidence.keep(Exhibit("message", summary, data=told), same=told)
        return finished >= sequence

    def close(self) -> None:
        """Leave the broker and end the thread."""
        client, loop, self._client, self._loop = self._client, self._loop, None, None
        if loop is None:
            return
        try:
            if client is not None:
                with self._asking():
                    loop.call(client.close(), _CONNECT_LIMIT)
        finally:
            loop.close()

    def _read(self, subject: str, since: int) -> list[Message]:
        if subject not in self._streams:
            self._streams[subject] = self._call(_stream_of, subject)
        return self._call(_standing, self._streams[subject], subject, since)

    def _call(self, work: Callable[..., Coroutine[object, object, T]], *arguments: object) -> T:
        with self._asking():
            loop = self._opened()
            if self._client is None or not self._client.is_connected:
                self._client = loop.call(_connect(self._url), _CONNECT_LIMIT)
            return loop.call(work(self._client, *arguments), _LIMIT)

    def _opened(self) -> LoopThread:
        if self._loop is None:
            from ._loop import LoopThread

            self._loop = LoopThread("rehearsal-messages")
        return self._loop

    @contextmanager
    def _asking(self) -> Iterator[None]:
        from nats.errors import Error
        from nats.js.errors import APIError

        try:
            yield
        except APIError as error:
            msg = f"{self._part}: {error.description or error}."
            raise RehearsalError(msg) from error
        except (Error, OSError, TimeoutError) as error:
            reason = str(error) or type(error).__name__
            raise PartUnavailable(self._part, f"{self._url} does not answer ({reason}).") from error


async def _connect(url: str) -> Client:
    import nats

    async def silent(_: Exception) -> None:
        """The caller is told by an exception."""

    return await nats.connect(
        url, name="rehearsal", error_cb=silent, allow_reconnect=False, connect_timeout=int(_CONNECT_LIMIT)
    )


async def _stream_of(client: Client, subject: str) -> str:
    from nats.js.errors import NotFoundError

    try:
        return str(await client.jsm().find_stream_name_by_subject(subject))
    except NotFoundError:
        streams = [str(info.config.name) for info in await client.jsm().streams_info()]
        msg = f"No stream of the broker takes {subject!r} (streams: {', '.join(streams) or 'none'})."
        raise RehearsalError(msg) from None


async def _standing(client: Client, stream: str, subject: str, since: int) -> list[Message]:
    from nats.js.errors import NotFoundError

    found: list[Message] = []
    manager, sequence = client.jsm(), since + 1
    while True:
        try:
            message = _message(await manager.get_msg(stream, seq=sequence, subject=subject, next=True))
        except NotFoundError as error:
            if error.err_code == _NO_MESSAGE:
                return found
            raise
        found.append(message)
        sequence = message.sequence + 1


def _message(raw: RawStreamMsg) -> Message:
    body = raw.data or b""
    try:
        data = json.loads(body)
    except ValueError:
        data = readable(body)
    assert raw.seq is not None
    assert raw.time is not None
    return Message(str(raw.subject), data, raw.seq, raw.time, dict(raw.headers or {}))


async def _publish(client: Client, subject: str, body: bytes, headers: dict[str, str]) -> int:
    from nats.js.errors import NoStreamResponseError

    try:
        return int((await client.jetstream().publish(subject, body, headers=headers)).seq)
    except NoStreamResponseError:
        msg = f"No stream of the broker takes {subject!r}."
        raise RehearsalError(msg) from None


async def _finished(client: Client, stream: str, consumer: str) -> int:
    info = await client.jsm().consumer_info(stream, consumer)
    return int(info.ack_floor.stream_seq) if info.ack_floor else 0


def _stood(subject: str, found: list[Message]) -> Exhibit:
    told = [message.as_data() for message in found[:MOST_ITEMS]]
    data = {"subject": subject, "count": len(found), "messages": told}
    return Exhibit("message", f"{subject}: {count(len(found), 'message')}", data=data)


def _listed(found: list[Message]) -> str:
    if not found:
        return "no message"
    return "; ".join(f"#{message.sequence} {message.subject} {json.dumps(message.data)[:200]}" for message in found[:5])
