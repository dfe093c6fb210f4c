"""Mails in the JSON shapes of Mailpit's API (https://mailpit.axllent.org/docs/api-v1/), which may stand in for us."""

from __future__ import annotations

from email.utils import getaddresses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from email.message import EmailMessage

    from ._store import Mail

_Json = dict[str, Any]
_SNIPPET = 250


def summary(mail: Mail) -> _Json:
    """One line of a list."""
    return {
        **_common(mail),
        "Read": False,
        "Created": mail.received.isoformat().replace("+00:00", "Z"),
        "Attachments": len(list(mail.message.iter_attachments())),
        "Snippet": " ".join(text_of(mail, "plain").split())[:_SNIPPET],
    }


def whole(mail: Mail) -> _Json:
    """One mail with its bodies."""
    attachments = [_attachment(number, part) for number, part in enumerate(mail.message.iter_attachments(), 1)]
    return {
        **_common(mail),
        "ReturnPath": mail.sender,
        "Date": mail.received.isoformat().replace("+00:00", "Z"),
        "Text": text_of(mail, "plain"),
        "HTML": text_of(mail, "html"),
        "Inline": [],
        "Attachments": attachments,
    }


def headers(mail: Mail) -> dict[str, list[str]]:
    """All headers by name, each with all its values."""
    found: dict[str, list[str]] = {}
    for name, value in mail.message.items():
        found.setdefault(name.title(), []).append(str(value))
    return found


def text_of(mail: Mail, kind: str) -> str:
    """The plain or HTML body; empty if there is none."""
    body = mail.message.get_body((kind,))
    return str(body.get_content()) if body is not None else ""


def _common(mail: Mail) -> _Json:
    """What lists and single mails share; recipients of the envelope alone are blind copies."""
    people = {field: _people(mail.message, field) for field in ("To", "Cc", "Reply-To")}
    named = {person["Address"].lower() for person in (*people["To"], *people["Cc"])}
    sender = _people(mail.message, "From")
    return {
        "ID": mail.id,
        "MessageID": str(mail.message.get("Message-ID", "")).strip("<> "),
        "From": sender[0] if sender else {"Name": "", "Address": mail.sender},
        "To": people["To"],
        "Cc": people["Cc"],
        "Bcc": [{"Name": "", "Address": each} for each in mail.recipients if each.lower() not in named],
        "ReplyTo": people["Reply-To"],
        "Subject": str(mail.message.get("Subject", "")),
        "Username": "",
        "Tags": [],
        "Size": mail.size,
    }


def _people(message: EmailMessage, field: str) -> list[dict[str, str]]:
    pairs = getaddresses([str(value) for value in message.get_all(field, [])])
    return [{"Name": name, "Address": address} for name, address in pairs if address]


def _attachment(number: int, part: EmailMessage) -> _Json:
    content = part.get_payload(decode=True)
    return {
        "PartID": str(number),
        "FileName": part.get_filename() or "",
        "ContentType": part.get_content_type(),
        "ContentID": str(part.get("Content-ID", "")).strip("<> "),
        "Size": len(content) if isinstance(content, bytes) else 0,
    }
