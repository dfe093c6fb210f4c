"""The mail server, spoken to by SMTP."""

from __future__ import annotations

import asyncio
import smtplib
from email.message import EmailMessage
from email.utils import format_datetime, localtime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from opentelemetry.trace import SpanKind

from demo.storefront.platform.telemetry import carry, spanning

if TYPE_CHECKING:
    from demo.storefront.platform.events import Event

    from .letters import Letter

TIMEOUT = 5.0
CHECK_TIMEOUT = 0.8
DOMAIN = "storefront.example"


class PostOffice:
    """Sends mails."""

    def __init__(self, url: str) -> None:
        """Send through the server at ``url``."""
        where = urlsplit(url)
        self._host, self._port = str(where.hostname), where.port or 25

    def send(self, event: Event, letter: Letter) -> None:
        """Send a letter; raise OSError (smtplib's errors are such) where the server does not take it."""
        attributes: dict[str, str | int] = {
            "server.address": self._host,
            "server.port": self._port,
            "mail.kind": letter.kind,
        }
        with spanning("send mail", SpanKind.CLIENT, attributes):
            message = compose(event, letter, carry())
            with smtplib.SMTP(self._host, self._port, timeout=TIMEOUT) as server:
                server.send_message(message)

    async def check(self) -> None:
        """Raise where the server does not greet."""
        reader, writer = await asyncio.open_connection(self._host, self._port)
        try:
            greeting = await asyncio.wait_for(reader.readline(), CHECK_TIMEOUT)
        finally:
            writer.close()
        if not greeting.startswith(b"220"):
            msg = f"the mail server greets with {greeting[:80]!r}"
            raise ConnectionError(msg)


def compose(event: Event, letter: Letter, context: dict[str, str]) -> EmailMessage:
    """Return the message; its id follows from the event, so that receivers can tell a repetition."""
    message = EmailMessage()
    message["From"] = f"{event.shop}@{DOMAIN}"
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = f"<{event.event_id}@{DOMAIN}>"
    message["X-Shop"] = event.shop
    message["X-Event-Id"] = event.event_id
    for name, value in context.items():
        message[name] = value
    message.set_content(letter.text)
    return message
