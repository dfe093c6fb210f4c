"""Ordering: placing orders, what becomes of them, and what customer and books know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.core import needs
from support.storefront import books, ordering, together
from support.storefront.channel import Channel, in_use

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.cards import Card
    from support.storefront.goods import Goods
    from support.storefront.money import Money
    from support.storefront.states import Deed


@given("{customer:Customer} has ordered {goods:Goods} {channel:Channel}")
@needs("write", "read")
def customer_has_ordered(context: Context, customer: str, goods: Goods, channel: Channel) -> None:
    """Order a number of pieces of one product, and make sure that the books show it."""
    ordering.have_ordered(context.world, customer, goods, channel)


@given("{customer:Customer} is about to pay for {goods:Goods} {channel:Channel}")
@needs("write", "read")
def customer_is_about_to_pay(context: Context, customer: str, goods: Goods, channel: Channel) -> None:
    """Choose a product, or the basket, and see what it costs; nothing is ordered yet."""
    ordering.be_about_to_pay(context.world, customer, goods, channel)


@given('{customer:Customer} has tried to pay with {card:Card} and was told "{words}"')
@needs("write")
def customer_was_refused(context: Context, customer: str, card: Card, words: str) -> None:
    """Try to pay for what was chosen, and make sure that it is refused in these words."""
    ordering.be_refused(context.world, customer, card, words)


@given("{customer:Customer} waits for a silent bank with an order for {goods:Goods}")
@needs("write", "read")
def customer_waits_for_a_silent_bank(context: Context, customer: str, goods: Goods) -> None:
    """Order through the app, and make sure that nobody knows yet what becomes of the order."""
    ordering.wait_for_silent_bank(context.world, customer, goods)


@given("the order {state:Reached}")
@needs("write", "read")
def order_has_reached(context: Context, state: str) -> None:
    """Let the owner bring the order into that state, and make sure that it gets there."""
    ordering.have_become(context.world, state)


@when("{customer:Customer} orders {goods:Goods} {channel:Channel}")
@needs("write", "read")
def customer_orders(context: Context, customer: str, goods: Goods, channel: Channel) -> None:
    """Order a number of pieces of one product at once, or the basket, and pay with a good card, signed in."""
    ordering.order(context.world, customer, goods, channel)


@when("{customer:Customer} orders {goods:Goods} {channel:Channel} with {card:Card}")
@needs("write", "read")
def customer_orders_with(context: Context, customer: str, goods: Goods, channel: Channel, *, card: Card) -> None:
    """Order a number of pieces of one product at once, or the basket, and pay with that card, signed in."""
    ordering.order(context.world, customer, goods, channel, card)


@when("{customer:Customer} orders {goods:Goods} with the keyboard alone")
@needs("write", "read")
def customer_orders_by_keyboard(context: Context, customer: str, goods: Goods) -> None:
    """Order on the website and pay with a good card, without a mouse."""
    ordering.order_by_keyboard(context.world, customer, goods)


@when("{customer:Customer} pays")
@needs("write", "read")
def customer_pays(context: Context, customer: str) -> None:
    """Pay with a good card for what was chosen."""
    ordering.pay(context.world, customer)


@when("a visitor orders {goods:Goods} {channel:Channel}")
@needs("write")
def visitor_orders(context: Context, goods: Goods, channel: Channel) -> None:
    """Try to order without signing in."""
    ordering.order_as_visitor(context.world, goods, channel)


@when("{customer:Customer} sends an order for {goods:Goods} twice {channel:Channel}")
@needs("write", "read")
def customer_sends_twice(context: Context, customer: str, goods: Goods, channel: Channel) -> None:
    """Send one and the same order twice, as an impatient hand does."""
    ordering.submit_twice(context.world, customer, goods, channel)


@when("{one:Customer} and {other:Customer} order {goods:Goods} at the same moment")
@needs("write", "read")
def customers_order_at_the_same_moment(context: Context, one: str, other: str, goods: Goods) -> None:
    """Let two customers submit an order each through the app, without waiting for each other."""
    together.order(context.world, (one, other), goods)


@when("{one:Person} {deed:Deed} and {other:Person} {other_deed:Deed} the order at the same moment")
@needs("write", "read")
def people_act_at_the_same_moment(context: Context, one: str, deed: Deed, other: str, other_deed: Deed) -> None:
    """Let two people do something each to the order, without waiting for each other."""
    together.change(context.world, ((one, deed), (other, other_deed)))


@when("{who:Person} {deed:Deed} the order {channel:Channel}")
@needs("write", "read")
def person_changes_the_order(context: Context, who: str, deed: Deed, channel: Channel) -> None:
    """Ship, deliver, cancel or refund the order, as its customer or from behind the counter."""
    ordering.change(context.world, who, deed, channel)


@when("{customer:Customer} looks at the order {channel:Channel}")
@needs("write", "read")
def customer_looks_at_the_order(context: Context, customer: str, channel: Channel) -> None:
    """Look at the order that was placed last."""
    ordering.look_at_order(context.world, customer, channel)


@then("{customer:Customer} sees the order confirmed with a total of {total:Money}")
def customer_sees_the_order_confirmed(context: Context, customer: str, total: Money) -> None:  # noqa: ARG001
    """The shop confirms the order, worth that much."""
    in_use(context.world).ordering.expect_order(context.world, total)


@then("{customer:Customer} sees the order still waiting")
def customer_sees_the_order_waiting(context: Context, customer: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop says that it does not know yet what becomes of the order."""
    in_use(context.world).ordering.expect_waiting(context.world)


@then("{customer:Customer} sees the order {state:State}")
def customer_sees_the_order(context: Context, customer: str, state: str) -> None:  # noqa: ARG001 - the sentence names who
    """The order is shown in that state."""
    in_use(context.world).ordering.expect_state(context.world, state)


@then("{customer:Customer} cannot cancel the order")
def customer_cannot_cancel(context: Context, customer: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop offers no way to cancel the order that is looked at."""
    in_use(context.world).ordering.expect_no_cancelling(context.world)


@then("{customer:Customer} finds orders worth {newest:Money} and {oldest:Money} {channel:Channel}, the newest first")
def customer_finds_orders(context: Context, customer: str, newest: Money, oldest: Money, *, channel: Channel) -> None:
    """The customer's history lists these two orders and no other."""
    ordering.find_orders(context.world, customer, channel, [newest, oldest])


@then("one of the two is done and the other refused")
def one_is_done_and_the_other_refused(context: Context) -> None:
    """Of two people who acted at the same moment one got what she wanted, and the other was told why not."""
    together.expect_one_of_two(context.world)


@then('the order went through "{states:States}"')
@needs("read")
def order_went_through(context: Context, states: list[str]) -> None:
    """The order was in these states, one after the other, and in no other; soon, where something is under way."""
    books.expect_history(context.world, states)


@then("the books show {orders:Orders} of {customer:Customer} worth {worth:Money}")
@needs("read")
def books_show_orders(context: Context, orders: int, customer: str, worth: Money) -> None:
    """So many orders of the customer are written down, worth that much together."""
    books.expect_books(context.world, customer, books.Books(orders, worth))


@then("the books show no order of {customer:Customer}")
@needs("read")
def books_show_no_order_of_customer(context: Context, customer: str) -> None:
    """No order of the customer is written down."""
    books.expect_no_order_of(context.world, customer)


@then("the books show no order")
@needs("read")
def books_show_no_order(context: Context) -> None:
    """No order of anybody is written down in this shop."""
    books.expect_no_order(context.world)
