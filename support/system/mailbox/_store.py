"""The mails that have come in: in memory, the oldest are forgotten."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_MAILS: Final = 5_000
_PARSER: Final = BytesParser(EmailMessage, policy=policy.default)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: as it came, parsed, and to whom the envelope (not only the header) says it goes."""

    id: str
    received: datetime
    size: int
    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage


class Store:
    """At most `most` mails, newest first when listed."""

    def __init__(self, most: int = MOST_MAILS) -> None:
        self._mails: OrderedDict[str, Mail] = OrderedDict()
        self._most = most

    def add(self, content: bytes, sender: str, recipients: Sequence[str]) -> str:
        """Keep a mail and give it an id."""
        number, message = secrets.token_hex(11), _PARSER.parsebytes(content)
        mail = Mail(number, datetime.now(UTC), len(content), sender, tuple(recipients), message)
        self._mails[mail.id] = mail
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
