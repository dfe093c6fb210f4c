"""How long somebody stays signed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from demo.storefront.accounts.schemas import Customer, Session
from demo.storefront.accounts.sessions import Sessions
from demo.storefront.platform.problems import Problem
from demo.storefront.platform.shops import ShopClock, ShopProfile

if TYPE_CHECKING:
    from demo.storefront.platform.cache import Cache

NINE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ADA = Customer(customer_id="c-1", name="Ada", email="ada@example.com", role="customer", registered_at=NINE)


class Memory:
    """Keeps texts as the cache does, without its time to live."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def read(self, key: str) -> str | None:
        """Return the text under ``key``."""
        return self.texts.get(key)

    def write(self, key: str, text: str, _seconds: int) -> None:
        """Keep ``text``."""
        self.texts[key] = text

    def rewrite(self, key: str, text: str, _seconds: int) -> None:
        """Keep ``text`` in place of another one."""
        if key in self.texts:
            self.texts[key] = text

    def forget(self, key: str) -> None:
        """Drop what is under ``key``."""
        self.texts.pop(key, None)


class Desk:
    """Signs Ada in at nine and asks who she is later."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.sessions = Sessions(cast("Cache", self.memory))
        self.session: Session = self.sessions.open(at(NINE), ADA)

    def knows_ada(self, later: timedelta) -> bool:
        """Tell whether the session is still good so much later; it counts as use."""
        try:
            return self.sessions.use(at(NINE + later), self.session.token) == ADA
        except Problem:
            return False


def at(moment: datetime, shop: str = "adas-tea") -> ShopProfile:
    """A shop whose clock stands at that moment."""
    return ShopProfile(shop=shop, name="Ada's Tea", clock=ShopClock(stopped_at=moment))


@pytest.fixture
def desk() -> Desk:
    """A desk at which Ada has just signed in."""
    return Desk()


@pytest.mark.parametrize(("idle", "known"), [(timedelta(minutes=30) - SECOND, True), (timedelta(minutes=30), False)])
def test_session_ends_after_half_an_hour_without_use(desk: Desk, idle: timedelta, known: bool) -> None:  # noqa: FBT001
    """A second before the half hour the session is good, at its end it is not."""
    assert desk.knows_ada(idle) is known


def test_use_gives_another_half_hour(desk: Desk) -> None:
    """Each use lets the half hour begin anew."""
    assert desk.knows_ada(timedelta(minutes=29))
    assert desk.knows_ada(timedelta(minutes=58))
    assert not desk.knows_ada(timedelta(minutes=88))


@pytest.mark.parametrize(("later", "known"), [(timedelta(hours=12) - SECOND, True), (timedelta(hours=12), False)])
def test_session_ends_twelve_hours_after_signing_in(desk: Desk, later: timedelta, known: bool) -> None:  # noqa: FBT001
    """However busy somebody is, after twelve hours the password is asked again."""
    assert all(desk.knows_ada(minutes * timedelta(minutes=1)) for minutes in range(20, 720, 20))
    assert desk.knows_ada(later) is known


def test_expired_session_stays_expired(desk: Desk) -> None:
    """Asking for a session that is over does not bring it back."""
    assert not desk.knows_ada(timedelta(minutes=30))
    assert not desk.knows_ada(timedelta(minutes=31))


def test_clock_that_is_put_back_takes_no_time_from_a_session(desk: Desk) -> None:
    """A use by an earlier clock does not shorten the half hour that a later one gave."""
    assert desk.knows_ada(timedelta(minutes=20))
    assert desk.knows_ada(timedelta(minutes=10))
    assert desk.knows_ada(timedelta(minutes=45))


def test_answer_tells_when_an_unused_session_ends(desk: Desk) -> None:
    """Whoever signs in learns until when it holds."""
    assert desk.session.expires_at == NINE + timedelta(minutes=30)


def test_signed_out_while_in_use_stays_signed_out(desk: Desk) -> None:
    """A request that read the session before it was closed does not open it again."""
    read = desk.memory.read

    def read_and_close(key: str) -> str | None:
        text = read(key)
        desk.sessions.close(at(NINE), desk.session.token)
        return text

    desk.memory.read = read_and_close  # type: ignore[method-assign]
    desk.knows_ada(SECOND)
    assert desk.memory.texts == {}


def test_session_is_good_in_its_own_shop_only(desk: Desk) -> None:
    """The token of one shop is nothing to another."""
    with pytest.raises(Problem):
        desk.sessions.use(at(NINE, shop="bens-books"), desk.session.token)


def test_token_itself_is_not_kept(desk: Desk) -> None:
    """Whoever reads the cache cannot sign in with what is there."""
    assert desk.session.token not in repr(desk.memory.texts)
