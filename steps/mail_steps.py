"""Mail: what people find in their mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import then

from support.core import needs
from support.storefront import post

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.post import ExpectedMails


@then("{who:Person} receives {mails:Mails}")
@needs("read")
def person_receives_mails(context: Context, who: str, mails: ExpectedMails) -> None:
    """Exactly so many such mails have arrived, when all that was announced has been acted upon."""
    post.expect_mails(context.world, who, mails)


@then('{who:Person}\'s mail that {purpose:Mail} says "{words}"')
@needs("read")
def mail_says(context: Context, who: str, purpose: str, words: str) -> None:
    """That mail has the words."""
    post.expect_said(context.world, who, purpose, words)
