"""What doors have left, as a reader wants to see it.

Doors leave data, which is cleaned by the names of its fields as it enters. Bodies are made from it here, afterwards, so
that they need no cleaning, and that a scenario which passes does not pay for them.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ._exhibits import bounded
from ._http_shown import shown_exchange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..core import Exhibit


def shown(exhibits: Iterable[Exhibit]) -> Iterator[Exhibit]:
    """The exhibits with their bodies; mails become one for each text and page."""
    for exhibit in exhibits:
        if exhibit.kind == "mail":
            yield from _mails(exhibit)
        elif exhibit.body or not exhibit.data:
            yield exhibit
        elif exhibit.kind == "http.exchange":
            yield shown_exchange(exhibit)
        elif exhibit.kind == "sql.query":
            yield _query(exhibit)
        else:
            yield _messages(exhibit) if exhibit.kind == "message" else exhibit


def _query(kept: Exhibit) -> Exhibit:
    """The statement below its parameters; the rows are data."""
    parameters = kept.data.get("parameters")
    given = parameters.items() if isinstance(parameters, dict) else ()
    told = "".join(f"-- :{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in given)
    return replace(kept, body=f"{told}{kept.data.get('statement', '')}\n", media_type="application/sql")


def _messages(kept: Exhibit) -> Exhibit:
    """The messages, one a line."""
    told = _listed(kept, "messages") or ([dict(kept.data)] if "data" in kept.data else [])
    body = bounded("\n".join(json.dumps(each, ensure_ascii=False) for each in told))
    return replace(kept, body=body, media_type="application/x-ndjson") if told else kept


def _mails(kept: Exhibit) -> Iterator[Exhibit]:
    """What was found; then the text and the page of each mail."""
    mails = _listed(kept, "mails")
    heads = [{name: value for name, value in mail.items() if name not in {"text", "html"}} for mail in mails]
    yield replace(kept, data={**kept.data, "mails": heads})
    for mail in mails:
        for part, media_type in (("text", "text/plain"), ("html", "text/html")):
            if mail.get(part):
                told = f"{mail.get('subject')} ({part})"
                yield replace(kept, kind=f"mail.{part}", summary=told, body=mail[part], media_type=media_type, data={})


def _listed(kept: Exhibit, name: str) -> list[dict[str, Any]]:
    found = kept.data.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
