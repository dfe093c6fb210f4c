"""Events are CloudEvents 1.0; the subject on the broker tells shop and type."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

CONTENT_TYPE = "application/cloudevents+json"
STREAM = "STOREFRONT"
ALL_SUBJECTS = "storefront.>"
_REQUIRED = ("id", "type", "source", "subject", "shop", "time", "data")


class EventError(ValueError):
    """A message is no event of this platform."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened in a shop."""

    event_id: str
    type: str
    source: str
    shop: str
    subject: str
    time: str
    data: dict[str, Any]

    @classmethod
    def now(cls, *, type: str, source: str, shop: str, subject: str, data: dict[str, Any]) -> Self:  # noqa: A002
        """Return an event that happens now; ``subject`` is the id of what it happened to."""
        event_id, time = str(uuid.uuid4()), datetime.now(UTC).isoformat()
        return cls(event_id=event_id, type=type, source=source, shop=shop, subject=subject, time=time, data=data)

    @property
    def destination(self) -> str:
        """Return the broker's subject, e.g. ``storefront.adas-tea.order.placed``."""
        return f"storefront.{self.shop}.{self.type}"

    def envelope(self) -> dict[str, Any]:
        """Return the CloudEvent."""
        return {
            "specversion": "1.0",
            "id": self.event_id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "shop": self.shop,
            "time": self.time,
            "datacontenttype": "application/json",
            "data": self.data,
        }

    @classmethod
    def read(cls, body: bytes) -> Self:
        """Read a CloudEvent; raise EventError where it is none of ours."""
        try:
            envelope = json.loads(body)
            values = {name: envelope[name] for name in _REQUIRED}
        except (ValueError, TypeError, KeyError) as error:
            msg = f"not a CloudEvent with {', '.join(_REQUIRED)}: {error!r}"
            raise EventError(msg) from error
        return cls(event_id=values.pop("id"), **values)
