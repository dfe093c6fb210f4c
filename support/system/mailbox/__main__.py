"""`python -m <package>.system.mailbox --smtp 1025 --http 8025`: run the mailbox on the loopback interface."""

from __future__ import annotations

import argparse
import asyncio
import signal

from aiosmtpd.smtp import SMTP

from .._http import serve_http
from .._ports import HOST
from ._api import routes
from ._store import Store

_LARGEST_MAIL = 32 * 1024 * 1024


class _Delivery:
    """aiosmtpd's handler: every mail is accepted."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the mail."""
        content, recipients = getattr(envelope, "content", b""), getattr(envelope, "rcpt_tos", [])
        number = self._store.add(content, str(getattr(envelope, "mail_from", "")), recipients)
        return f"250 2.0.0 Ok: queued as {number}"


async def _serve(smtp_port: int, http_port: int) -> None:
    loop, store, over = asyncio.get_running_loop(), Store(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    delivery = _Delivery(store)

    def session() -> SMTP:
        return SMTP(delivery, data_size_limit=_LARGEST_MAIL, enable_SMTPUTF8=True, hostname="mailbox", loop=loop)

    await loop.create_server(session, HOST, smtp_port)
    await serve_http(routes(store), http_port)
    await over.wait()


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smtp", type=int, required=True)
    parser.add_argument("--http", type=int, required=True)
    given = parser.parse_args()
    asyncio.run(_serve(given.smtp, given.http))


_main()
