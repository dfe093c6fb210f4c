"""What accounts takes and answers."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import Annotated

from pydantic import AfterValidator, BaseModel, WithJsonSchema

from .rules import (
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    good_password,
    normal_email,
    normal_name,
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


class NewShop(BaseModel):
    """A shop to be opened."""

    name: Name


class Shop(BaseModel):
    """A shop that is open."""

    shop: str
    name: str


class Registration(BaseModel):
    """A person who wants to become a customer of a shop."""

    name: Name
    email: Email
    password: Password


class Customer(BaseModel):
    """A customer of one shop."""

    customer_id: str
    name: str
    email: str
    registered_at: datetime


class Credentials(BaseModel):
    """What a customer signs in with."""

    email: str
    password: str


class Session(BaseModel):
    """A customer is signed in; the token is shown this once."""

    token: str
    expires_at: datetime
    customer: Customer
