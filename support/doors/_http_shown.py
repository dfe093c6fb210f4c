"""HTTP exchanges for a reader: as Allure's viewer takes them, and as a command that asks the same again."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from ..core import REDACTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core import Exhibit

EXCHANGE: Final = "application/vnd.allure.http+json"
"""The media type by which Allure knows an exchange."""

_OF_ANY_CLIENT: Final = ("user-agent", "accept-encoding", "connection")
_MASKED: Final = "__ALLURE_REDACTED__"  # what its viewer shows as a value that was left out
_FIELD: Final = re.compile(r"([A-Za-z][\w-]*)[\"'\\\s]*[:=][\"'\\\s\[]*(?:(?:Bearer|Basic) +)?$")


def shown_exchange(kept: Exhibit) -> Exhibit:
    """The exchange in the viewer's terms; what was sent and received stands in its body and nowhere else."""
    request, response = _mapping(kept.data.get("request")), _mapping(kept.data.get("response"))
    elapsed = kept.data.get("elapsed")
    told: dict[str, Any] = {
        "schemaVersion": 1,
        "start": round((kept.at - (elapsed if isinstance(elapsed, float) else 0)) * 1000),
        "stop": round(kept.at * 1000),
        "request": {"method": request.get("method"), "url": request.get("url")} | _message(request),
    }
    if response:
        told["response"] = {"status": response["status"], "statusText": response["reason"]} | _message(response)
    else:
        told["error"] = {"name": "No answer", "message": kept.data.get("error")}
    data = {
        **kept.data,
        "request": _without_body(request),
        "response": _without_body(response) if response else None,
        "curl": curl(request),
    }
    body = json.dumps(told, ensure_ascii=False, indent=1).replace(REDACTED, _MASKED)
    return replace(kept, body=body, media_type=EXCHANGE, data=data)


def curl(request: Mapping[str, Any]) -> str:
    """A command for a shell that asks the same again; what is secret stands in variables, such as $AUTHORIZATION."""
    lines = [f"curl -i -X {request['method']} {_quoted(request['url'])}"]
    headers = [(name, value) for name, value in request["headers"].items() if name.lower() not in _OF_ANY_CLIENT]
    lines += [f"-H {_quoted(f'{name}: {value}')}" for name, value in headers]
    if request["body"]:
        lines.append(f"--data-binary {_quoted(request['body'])}")
    return " \\\n  ".join(lines)


def _quoted(text: str) -> str:
    """One word of a shell; a secret in it is a variable named after its field."""
    first, *others = text.split(REDACTED)
    words, before = [shlex.quote(first)] if first else [], first
    for other in others:
        words.append(f'"${_variable(before)}"')
        words += [shlex.quote(other)] if other else []
        before = other
    return "".join(words) or "''"


def _variable(before: str) -> str:
    field = _FIELD.search(before)
    return re.sub(r"\W", "_", field[1]).upper() if field else "SECRET"


def _message(message: Mapping[str, Any]) -> dict[str, Any]:
    """Headers and body as the viewer takes them."""
    headers = message["headers"]
    told: dict[str, Any] = {"headers": [{"name": name, "value": value} for name, value in headers.items()]}
    if message["body"]:
        media_type = next((value for name, value in headers.items() if name.lower() == "content-type"), "text/plain")
        size = message.get("size", len(message["body"].encode(errors="backslashreplace")))
        told["body"] = {"contentType": media_type, "encoding": "utf8", "value": message["body"], "size": size}
    return told


def _without_body(message: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "body"}


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
