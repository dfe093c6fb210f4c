"""What stood around a failure: the environment, and what the parts of the system logged of this scenario."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit, urlunsplit

from ..core import Exhibit
from ._exhibits import count, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..core import ScenarioIdentity

LONGEST_LOG: Final = 131_072
"""Characters of one part's log that are kept of one scenario; its end, which is nearest to the failure."""


def surroundings(
    identity: ScenarioIdentity,
    facts: Mapping[str, object],
    addresses: Mapping[str, str],
    logs: Callable[[str], Mapping[str, Sequence[str]]],
    call: Callable[..., Any] | None = None,
) -> Iterator[Exhibit]:
    """What each part logged of the scenario, and the environment with the accidents that the control process knows.

    `logs` finds the lines of each part that contain a text; `call` asks the control process, if there are any.
    """
    yield from _logs(logs, identity.trace_id)
    known = {"accidents": _accidents(call, identity) if call else [], "addresses": _without_accounts(addresses)}
    data = {name: plain(value) for name, value in {**facts, **known}.items() if value}
    summary = f"the environment {facts.get('profile', '')}".strip()
    body = json.dumps(data, ensure_ascii=False, indent=2)
    yield Exhibit("environment", summary, body, "application/json", data)


def _accidents(call: Callable[..., Any], identity: ScenarioIdentity) -> object:
    """What befalls the scenario's requests in the mesh at this moment."""
    try:
        mine = [rule for rule in call("decisions.list") if rule["scenario"] == identity.scenario_id]
        return [{name: rule[name] for name in ("edge", "kind", "times", "seconds", "hits")} for rule in mine]
    except KeyError as error:
        return f"not known: the control process tells an accident without {error}"
    except Exception as error:  # noqa: BLE001 - as below
        return f"not known: {error or type(error).__name__}"


def _without_accounts(addresses: Mapping[str, str]) -> dict[str, str]:
    """The addresses without who signs in there."""
    return {part: _without_account(url) for part, url in addresses.items()}


def _without_account(address: str) -> str:
    try:
        parts = urlsplit(address)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except Exception as error:  # noqa: BLE001 - as below; what it says may quote the account
        return f"not shown: it is no URL ({type(error).__name__})"


def _logs(logs: Callable[[str], Mapping[str, Sequence[str]]], containing: str) -> Iterator[Exhibit]:
    """What each part logged that contains a text, of those that said anything, and how much of it was left out."""
    try:
        found = logs(containing)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not hide the failure that is looked into
        yield Exhibit("system.logs", f"no logs: {error or type(error).__name__}")
        return
    for part, lines in found.items():
        if lines:
            yield _log(part, lines)


def _log(part: str, lines: Sequence[str]) -> Exhibit:
    kept = _last_of(lines)
    left_out, told = len(lines) - len(kept), count(len(lines), "line")
    head = [f"[left out: the first {left_out} of {told}]"] if left_out else []
    data = {"part": part, "lines": len(lines), "left_out": left_out}
    return Exhibit("system.logs", f"{part} logged {told}", "\n".join([*head, *kept]), data=data)


def _last_of(lines: Sequence[str]) -> list[str]:
    """The last lines, as many as there is room for."""
    kept, room = list[str](), LONGEST_LOG
    for line in reversed(lines):
        if len(line) > room:
            break
        kept.append(line)
        room -= len(line) + 1
    return kept[::-1]
