"""Handling an event once, however often it is delivered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import insert

from .letters import letter_for
from .tables import HANDLED_EVENT, MAIL

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database
    from demo.storefront.platform.events import Event

    from .post_office import PostOffice

log = structlog.get_logger()


class Handling:
    """Turns events into mails."""

    def __init__(self, database: Database, post_office: PostOffice) -> None:
        """Remember in ``database`` what was handled, and send through ``post_office``."""
        self._database, self._post_office = database, post_office

    def handle(self, event: Event) -> None:
        """Send the mail that follows from an event, unless that was done.

        The mark is set first, so that a second delivery waits here for the first; the mail goes out last, so that a
        failure takes the mark back. A crash between the mail and the commit repeats the mail with its Message-ID.
        """
        with self._database.transaction() as connection:
            if not _mark(connection, event):
                log.info("event.repeated", type=event.type)
                return
            letter = letter_for(event)
            if letter is not None:
                mail: dict[str, object] = {"shop": event.shop, "event_id": event.event_id, "kind": letter.kind}
                mail |= {"recipient": letter.recipient, "sent_at": datetime.now(UTC)}
                connection.execute(sa.insert(MAIL), mail)
                self._post_office.send(event, letter)
                log.info("mail.sent", kind=letter.kind)


def _mark(connection: sa.Connection, event: Event) -> bool:
    mark = insert(HANDLED_EVENT).values(shop=event.shop, event_id=event.event_id, type=event.type)
    once = mark.on_conflict_do_nothing().returning(HANDLED_EVENT.c.event_id)
    return connection.execute(once).scalar_one_or_none() is not None
