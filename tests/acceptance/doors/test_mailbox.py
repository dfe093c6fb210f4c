"""The mailbox door against a server that answers as Mailpit does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from support.core import Evidence, PartUnavailable, PromiseBroken, RehearsalError
from support.doors import MailboxDoor

from .conftest import free_port

if TYPE_CHECKING:
    from support.core import ScenarioIdentity

    from .conftest import Site


def deliver(site: Site, *mails: tuple[str, str, str]) -> None:
    """Let the site be a mailbox with these mails, given by id, recipient and subject, the last one the newest."""
    summaries: list[dict[str, Any]] = []
    for number, (mail_id, to, subject) in enumerate(mails):
        envelope = {
            "ID": mail_id, "From": {"Name": "Shop", "Address": "shop@tea.example"}, "To": [{"Name": "", "Address": to}],
            "Cc": None, "Bcc": [], "Subject": subject,
        }  # fmt: skip
        summaries.insert(0, {**envelope, "Created": f"2026-11-22T10:00:0{number}.123456789Z", "Snippet": "Dear"})
        message = {**envelope, "Date": "2001-01-01T00:00:00Z", "Text": "Dear Ada", "HTML": "<p>Dear Ada</p>"}
        site.page(f"/api/v1/message/{mail_id}", json.dumps(message))
        site.page(f"/api/v1/message/{mail_id}/headers", json.dumps({"Message-Id": [f"<{mail_id}@x>"], "To": [to]}))
    site.page("/api/v1/search", json.dumps({"total": len(mails), "messages": summaries}))


def test_mails_come_oldest_first_and_only_those_to_the_address(
    site: Site, identity: ScenarioIdentity, evidence: Evidence
) -> None:
    """Addresses that merely contain the wanted one are left out; every part of the mail is there; the look is kept."""
    deliver(site, ("1", "ada@a.example", "Welcome"), ("2", "bada@a.example", "No"), ("3", "ADA@a.example", "Order"))
    door = MailboxDoor(site.origin, identity, evidence)
    mails = door.mails(to="ada@a.example")
    assert [mail.subject for mail in mails] == ["Welcome", "Order"]
    assert (mails[0].sender, mails[0].recipients, mails[0].text) == ("shop@tea.example", ("ada@a.example",), "Dear Ada")
    assert mails[0].headers["Message-Id"] == ("<1@x>",)
    assert mails[0].received_at.year == 2026
    assert evidence.of("mail")[0].summary == "2 mails to ada@a.example: Welcome, Order"
    assert site.requests[0].headers["Baggage"] == identity.baggage()


def test_waiting_for_a_mail(site: Site, identity: ScenarioIdentity, evidence: Evidence) -> None:
    """The mail about the subject is returned; without one, PromiseBroken says which mails there are."""
    deliver(site, ("1", "ada@a.example", "Welcome"))
    door = MailboxDoor(site.origin, identity, evidence)
    assert door.wait_for("ada@a.example", subject="Welcome").subject == "Welcome"
    with pytest.raises(PromiseBroken, match=r"expected a mail to ada@a\.example about 'Order', found 'Welcome'"):
        door.wait_for("ada@a.example", subject="Order", limit=0.1)
    with pytest.raises(PromiseBroken, match="found no mail"):
        door.wait_for("ben@a.example", limit=0.1)


def test_a_mail_is_fetched_once(site: Site, identity: ScenarioIdentity, evidence: Evidence) -> None:
    """Looking again asks for the list only: what was received does not change."""
    deliver(site, ("1", "ada@a.example", "Welcome"))
    door = MailboxDoor(site.origin, identity, evidence)
    door.mails(to="ada@a.example")
    door.mails(to="ada@a.example")
    assert len(site.asked("/api/v1/message/1")) == 1
    assert len(evidence.of("mail")) == 1
    door.close()
    door.close()


def test_no_mailbox_is_yellow(site: Site, identity: ScenarioIdentity, evidence: Evidence) -> None:
    """Nobody at the address is PartUnavailable; a server that is no Mailpit is a RehearsalError that asks."""
    with pytest.raises(PartUnavailable, match=r"mailbox: GET .* refused"):
        MailboxDoor(f"http://127.0.0.1:{free_port()}", identity, evidence).mails(to="a@b")
    with pytest.raises(RehearsalError, match=r"answered 404 .* Is it Mailpit"):
        MailboxDoor(site.origin, identity, evidence).mails(to="a@b")
    site.page("/api/v1/search", "<h1>Shop</h1>")
    with pytest.raises(RehearsalError, match="did not answer with JSON"):
        MailboxDoor(site.origin, identity, evidence).mails(to="a@b")
