"""Refusals: what the shop says where it does not do what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import then

from support.storefront.channel import in_use

if TYPE_CHECKING:
    from support.context import Context


@then('{who:Person} is told "{words}"')
def person_is_told(context: Context, who: str, words: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop refuses, in these words."""
    in_use(context.world).refusals.expect_told(context.world, words)


@then("{customer:Customer} is asked to try again in a moment")
def customer_is_asked_to_try_again(context: Context, customer: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop cannot do it now, and says so."""
    in_use(context.world).refusals.expect_told(context.world, "try again in a moment")


@then("{who:Person} is not permitted to do that")
def person_is_not_permitted(context: Context, who: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop knows who is there, and that it is not for her."""
    in_use(context.world).refusals.expect_not_permitted(context.world)


@then("{who:Anybody} is asked to sign in")
def anybody_is_asked_to_sign_in(context: Context, who: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop wants to know who is there, and does not go on before."""
    in_use(context.world).refusals.expect_asked_to_sign_in(context.world)
