"""How client and control process speak."""

from __future__ import annotations

import json

import pytest

from support.core import ConfigurationError, PartUnavailable, RehearsalError
from support.system import _rpc


def sent(error: Exception) -> Exception:
    """The error as it is raised on the other side."""
    with pytest.raises(RehearsalError) as caught:
        _rpc.value_of(_rpc.parsed(_rpc.error(1, error)))
    return caught.value


def test_one_message_is_one_line() -> None:
    """A call is a JSON-RPC 2.0 object on a line of its own, also with line breaks in its values."""
    line = _rpc.request(7, "spans.of", {"text": "a\nb"})
    assert line.count(b"\n") == 1
    assert json.loads(line) == {"jsonrpc": "2.0", "id": 7, "method": "spans.of", "params": {"text": "a\nb"}}


def test_a_sick_part_is_raised_as_such_on_the_other_side() -> None:
    """PartUnavailable keeps its part and its reason on the way."""
    error = sent(PartUnavailable("orders", "exited with status 3"))
    assert isinstance(error, PartUnavailable)
    assert (error.part, error.reason) == ("orders", "exited with status 3")


def test_other_errors_keep_their_words() -> None:
    """What the user can mend is raised as that, and a fault of ours with its type and words."""
    assert isinstance(sent(ConfigurationError("no such kind")), ConfigurationError)
    assert str(sent(KeyError("edge"))) == "KeyError: 'edge'"


def test_a_missing_parameter_has_the_specifications_code() -> None:
    """A bad parameter is -32602, an unknown method -32601."""
    assert json.loads(_rpc.error(1, KeyError("edge")))["error"]["code"] == -32602
    assert json.loads(_rpc.error(1, _rpc.UnknownMethodError("?")))["error"]["code"] == -32601


@pytest.mark.parametrize("line", [b"[]\n", b"{}\n", b"hello\n"])
def test_what_is_no_message_is_refused(line: bytes) -> None:
    """A line that is no JSON-RPC 2.0 object is an error, not a guess."""
    with pytest.raises(ValueError, match=r"Expecting value|expected a JSON-RPC"):
        _rpc.parsed(line)
