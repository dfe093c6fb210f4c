"""The mails that a system has sent, as a mail sink with Mailpit's REST API keeps them.

https://mailpit.axllent.org/docs/api-v1/: `GET /api/v1/search?query=to:"..."`, `/api/v1/message/{ID}` and its
`/headers`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from ..core import Exhibit, PartUnavailable, RehearsalError, eventually
from ._exhibits import MOST_ITEMS, SaidOnce, bounded, count

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.request import OpenerDirector

    from ..core import EvidenceSink, ScenarioIdentity

_LIMIT = 5.0  # seconds until a silent mailbox counts as unavailable
_MOST = 100  # mails to one recipient


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it was received; addresses are bare, `headers` hold the values of each header in their order."""

    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str
    received_at: datetime
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class MailboxDoor:
    """Reads what was sent to an address; `address` is the URL of the sink's API."""

    def __init__(
        self, address: str, identity: ScenarioIdentity, evidence: EvidenceSink, *, part: str = "mailbox"
    ) -> None:
        self._address, self._part = address.rstrip("/"), part
        self._identity, self._evidence = identity, SaidOnce(evidence)
        self._opener: OpenerDirector | None = None
        self._read: dict[str, Mail] = {}

    def mails(self, *, to: str) -> list[Mail]:
        """All mails to the address, oldest first."""
        query = urlencode({"query": f'to:"{to}"', "limit": _MOST})
        summaries = self._ask(f"/api/v1/search?{query}")["messages"]
        mine = [summary for summary in summaries if _is_to(summary, to)]
        found = sorted((self._mail(summary) for summary in mine), key=lambda mail: mail.received_at)
        self._evidence.keep(_stood(to, found), same=(to, [summary["ID"] for summary in mine]))
        return found

    def wait_for(self, to: str, *, subject: str = "", limit: float = 10.0) -> Mail:
        """The newest mail to the address whose subject contains the words, as soon as it is there.

        PromiseBroken says which mails were found instead.
        """

        def check() -> Mail:
            found = self.mails(to=to)
            matching = [mail for mail in found if subject in mail.subject]
            wanted = f"a mail to {to}" + (f" about {subject!r}" if subject else "")
            others = ", ".join(repr(mail.subject) for mail in found) or "no mail"
            assert matching, f"expected {wanted}, found {others}"
            return matching[-1]

        return eventually(check, limit=limit)

    def close(self) -> None:
        """Forget what was read."""
        self._read.clear()
        self._opener = None

    def _mail(self, summary: Mapping[str, Any]) -> Mail:
        mail_id = summary["ID"]
        if mail_id not in self._read:
            path = f"/api/v1/message/{quote(mail_id, safe='')}"
            self._read[mail_id] = _mail(summary, self._ask(path), self._ask(f"{path}/headers"))
        return self._read[mail_id]

    def _ask(self, path: str) -> Any:  # noqa: ANN401 - JSON is what it is
        from http.client import HTTPException
        from urllib.error import HTTPError
        from urllib.request import ProxyHandler, Request, build_opener

        self._opener = self._opener or build_opener(ProxyHandler({}))
        request = Request(f"{self._address}{path}", headers=self._identity.headers())  # noqa: S310 - the profile's address
        try:
            with self._opener.open(request, timeout=_LIMIT) as answer:
                return json.load(answer)
        except HTTPError as error:
            with error:
                msg = f"{self._part}: GET {request.full_url} answered {error.code} {error.reason}. Is it Mailpit's API?"
            raise RehearsalError(msg) from error
        except ValueError as error:
            msg = f"{self._part}: GET {request.full_url} did not answer with JSON. Is it Mailpit's API?"
            raise RehearsalError(msg) from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise PartUnavailable(self._part, f"GET {request.full_url}: {reason}.") from error


def _is_to(summary: Mapping[str, Any], to: str) -> bool:
    """Whether it is one of the recipients: the sink's own search also finds parts of addresses."""
    return to.lower() in (address.lower() for address in _recipients(summary))


def _recipients(mail: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(each["Address"] for role in ("To", "Cc", "Bcc") for each in mail.get(role) or ())


def _mail(summary: Mapping[str, Any], message: Mapping[str, Any], headers: Mapping[str, list[str]]) -> Mail:
    return Mail(
        sender=(message.get("From") or {}).get("Address", ""),
        recipients=_recipients(message),
        subject=message["Subject"],
        text=message["Text"],
        html=message["HTML"],
        received_at=datetime.fromisoformat(summary["Created"]),  # the message's own Date is what its sender claims
        headers={name: tuple(values) for name, values in headers.items()},
    )


def _stood(to: str, found: list[Mail]) -> Exhibit:
    told = [_told(mail) for mail in found[-MOST_ITEMS:]]
    subjects = ", ".join(mail.subject for mail in found)
    summary = f"{count(len(found), 'mail')} to {to}" + (f": {subjects}" if subjects else "")
    return Exhibit("mail", summary, data={"to": to, "mails": told})


def _told(mail: Mail) -> dict[str, object]:
    return {
        "from": mail.sender,
        "to": list(mail.recipients),
        "subject": mail.subject,
        "at": mail.received_at.isoformat(),
        "text": bounded(mail.text),
        "html": bounded(mail.html),
    }
