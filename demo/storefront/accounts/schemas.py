"""What accounts takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, StrictBool, WithJsonSchema

from demo.storefront.platform.shops import ShopClock, ShopProfile  # noqa: TC001 - pydantic reads it
from demo.storefront.platform.signed_in import Role  # noqa: TC001 - pydantic reads it

from .rules import (
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    good_password,
    known_time_zone,
    moment,
    normal_email,
    normal_name,
    typed_email,
    typed_password,
)

Name = Annotated[
    str,
    AfterValidator(normal_name),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}),
]
Email = Annotated[
    str,
    AfterValidator(normal_email),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": LONGEST_EMAIL}),
]
Password = Annotated[
    str,
    AfterValidator(good_password),
    WithJsonSchema(
        {"type": "string", "format": "password", "minLength": SHORTEST_PASSWORD, "maxLength": LONGEST_PASSWORD}
    ),
]


TimeZone = Annotated[
    str,
    AfterValidator(known_time_zone),
    WithJsonSchema({"type": "string", "examples": ["Europe/London"], "description": "A name of the IANA database."}),
]
Moment = Annotated[datetime, BeforeValidator(moment), WithJsonSchema({"type": "string", "format": "date-time"})]


class NewShop(BaseModel):
    """A shop to be opened, or what is to change of one that is open."""

    name: Name
    time_zone: TimeZone | None = None


class Shop(BaseModel):
    """A shop that is open."""

    shop: str
    name: str
    time_zone: str
    flags: dict[str, bool]
    clock: ShopClock
    now: datetime

    @classmethod
    def of(cls, profile: ShopProfile) -> Self:
        """Return what is answered for a shop."""
        return cls(**profile.model_dump(), now=profile.now())


class Switch(BaseModel):
    """Whether a feature shall be on."""

    on: StrictBool


class Clock(BaseModel):
    """What time it is in a shop, and whether it stays so."""

    now: datetime
    stopped: bool

    @classmethod
    def of(cls, profile: ShopProfile) -> Self:
        """Return what is answered for the clock of a shop."""
        return cls(now=profile.now(), stopped=profile.clock.stopped_at is not None)


class NewClock(BaseModel):
    """What time it shall be in a shop; the clock stands still there unless it shall not."""

    now: Moment
    stopped: StrictBool = True


class Registration(BaseModel):
    """A person who wants to become a customer of a shop."""

    name: Name
    email: Email
    password: Password


class Employment(Registration):
    """A person who shall work in a shop."""

    role: Literal["clerk", "owner"]


class Customer(BaseModel):
    """An account in one shop: a customer's, or that of a person who works there."""

    customer_id: str
    name: str
    email: str
    role: Role
    registered_at: datetime


class Credentials(BaseModel):
    """What a customer signs in with."""

    email: Annotated[str, AfterValidator(typed_email)]
    password: Annotated[
        str, AfterValidator(typed_password), WithJsonSchema({"type": "string", "maxLength": LONGEST_PASSWORD})
    ]


class Session(BaseModel):
    """A customer is signed in; the token is shown this once."""

    token: str
    expires_at: datetime
    customer: Customer
