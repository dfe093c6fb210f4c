"""The mesh's decision point: a guest of the control process that is asked about every request of a rehearsal."""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from ..core import RehearsalError
from ..system import DECISION_PATH, DISTURBED_HEADER, EDGE_HEADER
from ._rules import Rule, rule_from, sender

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..system import Handler, HttpHandler, HttpRequest, HttpResponse, LeaseInfo

_ABORT: Final = "x-envoy-fault-abort-request"
_DELAY: Final = "x-envoy-fault-delay-request"
_MARK: Final = "1"  # ms; we wait ourselves, as Envoy's delays end early (measured); its log and span say "delayed" (DI)


class Decisions:
    """Rules belong to the lease that added them: when it ends they are gone, and what they held goes on.

    A scenario that has arranged an accident is disturbed until its lease ends: a breaker may outlast what tripped it.
    """

    name = "decisions"

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}
        self._disturbed: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)

    def methods(self) -> Mapping[str, Handler]:
        """Add, release, clear, list, and wait until a rule was met."""
        return {
            "decisions.add": self._add,
            "decisions.release": self._release,
            "decisions.clear": self._clear,
            "decisions.list": self._list,
            "decisions.reached": self._reached,
        }

    def routes(self) -> Mapping[str, HttpHandler]:
        """Where the mesh asks."""
        return {DECISION_PATH: self._decide}

    async def lease_ended(self, lease: LeaseInfo) -> None:
        """Heal what that lease disturbed."""
        self._disturbed.pop(lease.lease_id, None)
        self._drop([rule for rule in self._rules.values() if rule.lease_id == lease.lease_id])

    async def _decide(self, request: HttpRequest) -> HttpResponse:
        """Answer 200 always: the accident travels in headers, as a refusal reads as a broken decision point."""
        run, scenario = sender(request.headers.get("baggage", ""))
        edge = request.headers.get(EDGE_HEADER, "")
        headers = {DISTURBED_HEADER: "true"} if self._is_disturbed(run, scenario) else {}
        for rule in [each for each in self._rules.values() if each.befalls(run, scenario, edge)]:
            rule.hits += 1
            rule.reached.set()
            if rule.kind == "unreachable":
                headers[_ABORT] = str(int(HTTPStatus.SERVICE_UNAVAILABLE))
            elif rule.kind == "delay":
                headers[_DELAY] = _MARK
                await _passed(rule.released, rule.seconds)
            else:
                await rule.released.wait()
        return HTTPStatus.OK, headers, b""

    def _is_disturbed(self, run: str, scenario: str) -> bool:
        return any((run, scenario) in scenarios for scenarios in self._disturbed.values())

    async def _add(self, lease: LeaseInfo, params: dict[str, Any]) -> object:
        lease.permit.demand("disturb", f"The accident that {params['caller']} and {params['callee']} were to meet")
        rule = rule_from(params, secrets.token_hex(6), lease.lease_id)
        self._rules[rule.rule_id] = rule
        self._disturbed[lease.lease_id].add((rule.run, rule.scenario))
        return rule.rule_id

    async def _release(self, lease: LeaseInfo, params: dict[str, Any]) -> object:
        """Let go what a rule holds; the rule holds nothing any more."""
        self._own(lease, params).released.set()
        return True

    async def _clear(self, lease: LeaseInfo, params: dict[str, Any]) -> object:
        """Remove the rules of this lease for one scenario (`run`, `scenario`) or one rule (`rule_id`); how many."""
        wanted = {name: params[name] for name in ("run", "scenario", "rule_id") if name in params}
        rules = [rule for rule in self._rules.values() if rule.lease_id == lease.lease_id]
        found = [rule for rule in rules if all(getattr(rule, name) == value for name, value in wanted.items())]
        self._drop(found)
        return len(found)

    async def _list(self, lease: LeaseInfo, _params: dict[str, Any]) -> object:
        """The rules of this lease."""
        return [rule.told() for rule in self._rules.values() if rule.lease_id == lease.lease_id]

    async def _reached(self, lease: LeaseInfo, params: dict[str, Any]) -> object:
        """Whether a request met the rule within `timeout` seconds."""
        return await _passed(self._own(lease, params).reached, float(params.get("timeout", 5)))

    def _own(self, lease: LeaseInfo, params: dict[str, Any]) -> Rule:
        rule = self._rules.get(str(params["rule_id"]))
        if rule is None or rule.lease_id != lease.lease_id:
            msg = f"This run has no accident {params['rule_id']} (it may have been healed already)."
            raise RehearsalError(msg)
        return rule

    def _drop(self, rules: list[Rule]) -> None:
        for rule in rules:
            del self._rules[rule.rule_id]
            rule.released.set()


async def _passed(event: asyncio.Event, limit: float) -> bool:
    """Whether the event comes in time."""
    try:
        await asyncio.wait_for(event.wait(), limit)
    except TimeoutError:
        return False
    return True
