"""Pages are made from templates; everything put into them is escaped."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from starlette.responses import HTMLResponse

from demo.storefront.platform.money import Money

from .pictures import picture_of

if TYPE_CHECKING:
    from datetime import date, datetime

HERE = Path(__file__).parent
STATIC = HERE / "static"
MINUS = "\N{MINUS SIGN}"


def page(template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page."""
    return HTMLResponse(_TEMPLATES.get_template(template).render(values), status)


def day(moment: date) -> str:
    """Return a day as people write it, e.g. ``3 March 2026``."""
    return f"{moment.day} {moment:%B %Y}"


def day_and_time(moment: datetime) -> str:
    """Return a moment as people write it; it is of the time zone that it came in."""
    return f"{day(moment)}, {moment:%H:%M}"


def signed(money: Money) -> str:
    """Return an amount that may be below nothing, with a true minus sign."""
    return f"{MINUS}{Money(-money.minor, money.currency)}" if money.minor < 0 else str(money)


def given_back(money: Money) -> str:
    """Return an amount that leaves the till with a minus sign; nothing has no sign."""
    return signed(Money(-money.minor, money.currency))


_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters |= {"day": day, "day_and_time": day_and_time, "signed": signed, "given_back": given_back}
_STYLE = hashlib.sha256((STATIC / "storefront.css").read_bytes()).hexdigest()[:8]  # a changed one is asked for anew
_TEMPLATES.globals |= {"picture_of": picture_of, "style": _STYLE}
