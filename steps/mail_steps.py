"""Mail: what people find in their mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import then

from support.core import needs
from support.storefront import post

if TYPE_CHECKING:
    from support.context import Context


@then("{who:Person} receives one mail that {purpose:Mail}")
@needs("read")
def person_receives_one_mail(context: Context, who: str, purpose: str) -> None:
    """Exactly one such mail has arrived, when all that was announced has been acted upon."""
    post.expect_one_mail(context.world, who, purpose)


@then("{who:Person} receives no mail that {purpose:Mail}")
@needs("read")
def person_receives_no_mail(context: Context, who: str, purpose: str) -> None:
    """No such mail has arrived, when all that was announced has been acted upon."""
    post.expect_no_mail(context.world, who, purpose)


@then('{who:Person}\'s mail that {purpose:Mail} says "{words}"')
@needs("read")
def mail_says(context: Context, who: str, purpose: str, words: str) -> None:
    """That mail has the words."""
    post.expect_said(context.world, who, purpose, words)
