"""One breach for each guarantee of demo/storefront/README.md: the smallest change that breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Change:
    """One place of the storefront's code, and what stands there instead."""

    file: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """Change the copy below `root`; the place must be there exactly once, or the breach is out of date."""
        path = root / "demo" / "storefront" / self.file
        text = path.read_text("utf-8")
        assert text.count(self.old) == 1, f"{self.file} has {text.count(self.old)} times: {self.old!r}"
        path.write_text(text.replace(self.old, self.new), "utf-8")


@dataclass(frozen=True)
class Breach:
    """A guarantee, how it is broken, and the features that are rehearsed (all, if none is named)."""

    name: str
    guarantee: str
    changes: tuple[Change, ...]
    features: tuple[str, ...] = ()


BREACHES = (
    Breach(
        "oversell",
        "no piece is sold twice",
        (
            Change("catalogue/reservations.py", "if errors := shortages(wanted, left):", "if errors := []:"),
            Change(
                "catalogue/migrations/versions/0001_products_and_reservations.py",
                "reserved BETWEEN 0 AND on_hand",
                "reserved >= 0",
            ),
        ),
        ("features/ordering",),
    ),
    Breach(
        "charge-without-order",
        "no charge without an order",
        (Change("orders/saga.py", "undoing.append(self._till.void(order, deadline))", "pass"),),
        ("features/payments",),
    ),
    Breach(
        "double-charge",
        "no double charge",
        (
            Change(
                "payments/bank.py",
                "json=body, headers=headers)",
                'json=body, headers={name: f"{key}:{len(doubts)}" for name, key in headers.items()})',
            ),
        ),
        ("features/payments",),
    ),
    Breach(
        "money-kept",
        "money is conserved: what is cancelled or refunded goes back",
        (Change("orders/closing.py", "await self._till.refund(order, deadline)", "await asyncio.sleep(0)"),),
        ("features/ordering",),
    ),
    Breach(
        "mailed-twice",
        "news is acted upon once: mails",
        (
            Change(
                "notifications/handling.py",
                "if not _mark(connection, event):",
                "if not _mark(connection, event) and False:",
            ),
        ),
        ("features/notifications",),
    ),
    Breach(
        "sold-twice",
        "news is acted upon once: sales",
        (
            Change(
                "reporting/entries.py",
                ".on_conflict_do_nothing()",
                '.on_conflict_do_update(index_elements=["shop", "event_id"], '
                'set_={"amount_minor": ENTRY.c.amount_minor * 2})',
            ),
        ),
        ("features/notifications",),
    ),
    Breach(
        "lost-pence",
        "the report equals the orders to the penny",
        (Change("reporting/entries.py", '"amount_minor": total.minor,', '"amount_minor": total.minor // 10 * 10,'),),
        ("features/reporting",),
    ),
    Breach(
        "wrong-midnight",
        "the report's days are the shop's",
        (
            Change(
                "reporting/sales.py",
                "sa.func.timezone(shop.time_zone, ENTRY.c.at)",
                'sa.func.timezone("UTC", ENTRY.c.at)',
            ),
        ),
        ("features/reporting",),
    ),
    Breach(
        "lock-opens",
        "locked stays locked: not a second less",
        (
            Change(
                "accounts/lockout.py",
                "LOCKED_FOR = timedelta(minutes=15)",
                "LOCKED_FOR = timedelta(minutes=15, seconds=-2)",
            ),
        ),
        ("features/accounts",),
    ),
    Breach(
        "lock-forgets",
        "locked stays locked: also for the right password",
        (
            Change(
                "accounts/lockout.py",
                "return self.locked_until is not None and now < self.locked_until",
                "return False",
            ),
        ),
        ("features/accounts",),
    ),
    Breach(
        "one-session-for-all",
        "no tenant sees another",
        (Change("accounts/sessions.py", "accounts:session:{shop}:", "accounts:session:{shop[:0]}:"),),
        ("features/security",),
    ),
    Breach(
        "forbidden-turn",
        "an order never takes a forbidden turn",
        (
            Change(
                "orders/states.py",
                "frozenset({Status.DELIVERED, Status.REFUNDING})",
                "frozenset({Status.DELIVERED, Status.REFUNDING, Status.CANCELLING})",
            ),
        ),
        ("features/ordering",),
    ),
    Breach(
        "two-orders",
        "a submission happens once",
        (Change("orders/submissions.py", 'return str(row["order_id"])', "return None"),),
        ("features/ordering",),
    ),
)
