"""The stores behind the storefront, by their names in system.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..doors import DatabaseDoor, MailboxDoor, MessagesDoor
    from ..world import World


def database(world: World) -> DatabaseDoor:
    """The database of all services; each has a schema of its own name."""
    return world.database("database", "storefront")


def announcements(world: World) -> MessagesDoor:
    """The broker through which departments tell each other what happened."""
    return world.messages("broker")


def post_office(world: World) -> MailboxDoor:
    """Where all mails arrive."""
    return world.mailbox("mailbox")
