"""The mails that have come in: in memory, the oldest are forgotten."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from ._shapes import summary, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_MAILS: Final = 5_000
_PARSER: Final = BytesParser(EmailMessage, policy=policy.default)


@dataclass(frozen=True)
class Mail:
    """One mail: as it came, parsed, and to whom the envelope (not only the header) says it goes.

    What every search looks at is read from the parsed mail once: that takes a thousand times longer than to search it.
    """

    id: str
    received: datetime
    size: int
    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Its line of a list."""
        return summary(self)

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """What a search of one field looks at, in lower case."""
        shown = self.summary
        fields = {
            "to": [*(person["Address"] for person in shown["To"]), *self.recipients],
            "from": [shown["From"]["Address"], shown["From"]["Name"]],
            "subject": [shown["Subject"]],
            "message-id": [shown["MessageID"]],
        }
        return {name: [text.lower() for text in texts] for name, texts in fields.items()}

    @cached_property
    def bodies(self) -> list[str]:
        """What a search of everything looks at besides, in lower case."""
        return [text_of(self, kind).lower() for kind in ("plain", "html")]


class Store:
    """At most `most` mails, newest first when listed."""

    def __init__(self, most: int = MOST_MAILS) -> None:
        self._mails: OrderedDict[str, Mail] = OrderedDict()
        self._most = most

    def add(self, content: bytes, sender: str, recipients: Sequence[str]) -> str:
        """Keep a mail and give it an id."""
        number, message = secrets.token_hex(11), _PARSER.parsebytes(content)
        mail = self._mails[number] = Mail(number, datetime.now(UTC), len(content), sender, tuple(recipients), message)
        _ = mail.fields  # while its sender waits, so that no search has to read thousands at once
        while len(self._mails) > self._most:
            self._mails.popitem(last=False)
        return mail.id

    def newest_first(self) -> list[Mail]:
        """All mails."""
        return list(reversed(self._mails.values()))

    def get(self, number: str) -> Mail | None:
        """One mail, or the newest for "latest"."""
        if number == "latest":
            return next(iter(self.newest_first()), None)
        return self._mails.get(number)

    def delete(self, ids: Iterable[str]) -> None:
        """Forget the mails with these ids; all if there are none."""
        for number in list(ids) or list(self._mails):
            self._mails.pop(number, None)
