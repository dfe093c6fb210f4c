"""JSON-RPC 2.0 (https://www.jsonrpc.org/specification), one object a line: how client and control process speak."""

from __future__ import annotations

import json
from typing import Any, Final

from ..core import ConfigurationError, PartUnavailable, RehearsalError

LONGEST_LINE: Final = 256 * 1024 * 1024
_OURS: Final = -32000
_UNKNOWN_METHOD: Final = -32601
_BAD_PARAMS: Final = -32602


class UnknownMethodError(RehearsalError):
    """Nobody answers this method."""


def request(number: int, method: str, params: dict[str, object]) -> bytes:
    """A call whose answer carries the same number."""
    return _line({"id": number, "method": method, "params": params})


def notification(method: str, **params: object) -> bytes:
    """A message without an answer."""
    return _line({"method": method, "params": params})


def result(number: object, value: object) -> bytes:
    """The answer to a call."""
    return _line({"id": number, "result": value})


def error(number: object, wrong: Exception) -> bytes:
    """The answer to a call that failed: the kind of the error travels too, so that it can be raised again."""
    code = _UNKNOWN_METHOD if isinstance(wrong, UnknownMethodError) else _OURS
    if isinstance(wrong, KeyError | TypeError | ValueError):
        code = _BAD_PARAMS
    data: dict[str, object] = {"kind": type(wrong).__name__}
    if isinstance(wrong, PartUnavailable):
        data |= {"part": wrong.part, "reason": wrong.reason}
    message = str(wrong) if isinstance(wrong, RehearsalError) else f"{type(wrong).__name__}: {wrong}"
    return _line({"id": number, "error": {"code": code, "message": message, "data": data}})


def parsed(line: bytes) -> dict[str, Any]:
    """One message; ValueError if the line is none."""
    message = json.loads(line)
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        msg = f"expected a JSON-RPC 2.0 object, found {line[:80]!r}"
        raise ValueError(msg)
    return message


def value_of(answer: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    """The value of an answer; its error is raised as what it was on the other side."""
    if "error" not in answer:
        return answer.get("result")
    told, data = answer["error"], answer["error"].get("data", {})
    if data.get("kind") == "PartUnavailable":
        raise PartUnavailable(data["part"], data["reason"])
    if data.get("kind") == "ConfigurationError":
        raise ConfigurationError(told["message"])
    raise RehearsalError(told["message"])


def _line(message: dict[str, object]) -> bytes:
    return json.dumps({"jsonrpc": "2.0", **message}, separators=(",", ":")).encode() + b"\n"
