"""The mailbox shows what came as Mailpit does."""

# ruff: noqa: ANN401 - answers are any JSON value

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from support.system import HttpRequest
from support.system.mailbox._api import routes
from support.system.mailbox._shapes import summary
from support.system.mailbox._store import Store

if TYPE_CHECKING:
    import pytest

    from support.system.mailbox._store import Mail

MAIL = b"""From: The Shop <shop@example.org>
To: Ada <ada@example.org>
Subject: Your order 17
Message-ID: <1@shop>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain

Thank you,
Ada.
--x
Content-Type: text/html

<p>Thank you</p>
--x--
"""


def filled(*recipients: str) -> Store:
    """A store with one mail for each recipient."""
    store = Store()
    for recipient in recipients:
        store.add(MAIL.replace(b"ada@example.org", recipient.encode()), "bounce@example.org", [recipient])
    return store


def call(store: Store, method: str, target: str, body: bytes = b"") -> Any:
    """What the API answers."""
    path, _, query = target.partition("?")
    route = max((each for each in routes(store) if path.startswith(each)), key=len)

    async def ask() -> tuple[int, bytes]:
        status, _, answer = await routes(store)[route](HttpRequest(method, path, query, {}, body))
        return status, answer

    status, answer = asyncio.run(ask())
    return json.loads(answer) if status == 200 and answer[:1] == b"{" else (status, answer)


def test_a_list_has_mailpits_shape() -> None:
    """A mail in a list has the fields of Mailpit's message summary, the newest first."""
    listed = call(filled("ada@example.org", "bob@example.org"), "GET", "/api/v1/messages")
    assert (listed["total"], listed["count"], listed["start"], listed["tags"]) == (2, 2, 0, [])
    newest = listed["messages"][0]
    assert newest["To"] == [{"Name": "Ada", "Address": "bob@example.org"}]
    assert newest["From"] == {"Name": "The Shop", "Address": "shop@example.org"}
    assert (newest["Subject"], newest["MessageID"], newest["Snippet"]) == ("Your order 17", "1@shop", "Thank you, Ada.")
    assert {"ID", "Read", "Cc", "Bcc", "ReplyTo", "Created", "Tags", "Size", "Attachments"} <= set(newest)


def test_a_mail_is_shown_with_its_bodies_and_headers() -> None:
    """One mail has text, HTML and every header with all its values."""
    store = filled("ada@example.org")
    number = call(store, "GET", "/api/v1/messages")["messages"][0]["ID"]
    mail = call(store, "GET", f"/api/v1/message/{number}")
    assert (mail["Text"].split(), mail["HTML"].strip()) == (["Thank", "you,", "Ada."], "<p>Thank you</p>")
    assert mail["ReturnPath"] == "bounce@example.org"
    assert call(store, "GET", f"/api/v1/message/{number}/headers")["Subject"] == ["Your order 17"]
    assert call(store, "GET", "/api/v1/message/latest")["ID"] == number
    assert call(store, "GET", "/api/v1/message/none")[0] == 404


def test_a_search_finds_recipients_subjects_and_words() -> None:
    """Fields, words and quotations must all match, in whatever case; a minus takes away."""
    store = filled("ada@example.org", "bob@example.org")

    def found(query: str) -> int:
        return int(call(store, "GET", f"/api/v1/search?query={query}")["messages_count"])

    assert found("to:ADA@example.org") == 1
    assert found('subject:"your%20order"') == 2
    assert found("thank%20-to:ada") == 1
    assert found("to:eve@example.org") == 0


def test_blind_copies_are_found_by_the_envelope() -> None:
    """A recipient who stands in no header is a blind copy, and is found."""
    store = Store()
    store.add(MAIL, "bounce@example.org", ["ada@example.org", "boss@example.org"])
    mail = call(store, "GET", "/api/v1/search?query=to:boss@example.org")["messages"][0]
    assert mail["Bcc"] == [{"Name": "", "Address": "boss@example.org"}]


def test_deleting_forgets_the_given_mails_or_all() -> None:
    """DELETE with ids forgets those, without ids every mail."""
    store = filled("ada@example.org", "bob@example.org")
    newest = call(store, "GET", "/api/v1/messages")["messages"][0]["ID"]
    call(store, "DELETE", "/api/v1/messages", json.dumps({"IDs": [newest]}).encode())
    assert [mail["To"][0]["Address"] for mail in call(store, "GET", "/api/v1/messages")["messages"]] == [
        "ada@example.org"
    ]
    assert call(store, "DELETE", "/api/v1/messages") == (200, b"ok")
    assert call(store, "GET", "/api/v1/messages")["messages"] == []


def test_the_oldest_mails_are_forgotten() -> None:
    """The store never holds more than it may."""
    store = Store(most=2)
    ids = [store.add(MAIL, "", []) for _ in range(3)]
    assert [mail.id for mail in store.newest_first()] == [ids[2], ids[1]]


def test_a_mail_that_is_hardly_one_is_kept() -> None:
    """Bytes without any header are a mail with a text."""
    store = Store()
    store.add(b"\xff\xfehello", "someone@example.org", ["ada@example.org"])
    assert call(store, "GET", "/api/v1/messages")["messages"][0]["From"]["Address"] == "someone@example.org"


def test_a_search_reads_no_mail_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often thousands of mails are searched, each is read from its parsed form once, when it comes in."""
    read: list[str] = []

    def counted(mail: Mail) -> dict[str, Any]:
        read.append(mail.id)
        return summary(mail)

    monkeypatch.setattr("support.system.mailbox._store.summary", counted)
    store = filled("ada@example.org", "bob@example.org")
    for _ in range(3):
        assert call(store, "GET", "/api/v1/search?query=to:bob@example.org")["messages_count"] == 1
    assert len(read) == 2
