"""The run's side: accidents between two services for one scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ..core import PromiseBroken

if TYPE_CHECKING:
    from ..core import ScenarioIdentity


class _Call(Protocol):
    """A call of the control process."""

    def __call__(self, method: str, **params: object) -> Any: ...  # noqa: ANN401 - any JSON value


class MeshFault:
    """One accident that has been arranged; told as "orders cannot reach accounts"."""

    def __init__(self, call: _Call, rule_id: str, told: str) -> None:
        self._call, self._rule_id, self.told = call, rule_id, told

    def __str__(self) -> str:
        return self.told

    def wait_until_met(self, limit: float = 5.0) -> None:
        """Wait until a request meets it (a held one stands still then); PromiseBroken if none does."""
        if not self._call("decisions.reached", rule_id=self._rule_id, timeout=limit):
            msg = f"No request met the accident within {limit:g} s: {self.told}."
            raise PromiseBroken(msg)

    def release(self) -> None:
        """Let go what is held."""
        self._call("decisions.release", rule_id=self._rule_id)

    def heal(self) -> None:
        """End the accident; what it holds goes on."""
        self._call("decisions.clear", rule_id=self._rule_id)


class MeshFaults:
    """Arranges accidents in the mesh; callers and callees are parts of `system.toml`, "mesh" is the outside."""

    def __init__(self, call: _Call) -> None:
        self._call = call

    def unreachable(
        self, identity: ScenarioIdentity, caller: str, callee: str, *, times: int | None = None
    ) -> MeshFault:
        """The caller gets 503 in place of an answer, and the callee never hears of it."""
        return self._add("unreachable", identity, caller, callee, f"{caller} cannot reach {callee}", times=times)

    def slow(
        self, identity: ScenarioIdentity, caller: str, callee: str, seconds: float, *, times: int | None = None
    ) -> MeshFault:
        """Requests reach the callee that much later."""
        told = f"{callee} answers {caller} {seconds:g} s late"
        return self._add("delay", identity, caller, callee, told, times=times, seconds=seconds)

    def hold(self, identity: ScenarioIdentity, caller: str, callee: str, *, times: int | None = 1) -> MeshFault:
        """Requests stand still before they reach the callee, until they are released."""
        return self._add("hold", identity, caller, callee, f"{caller}'s request to {callee} is held", times=times)

    def heal(self, identity: ScenarioIdentity) -> int:
        """End all accidents of a scenario; how many there were."""
        healed: int = self._call("decisions.clear", run=identity.run.run_id, scenario=identity.scenario_id)
        return healed

    def _add(
        self, kind: str, identity: ScenarioIdentity, caller: str, callee: str, told: str, **more: object
    ) -> MeshFault:
        rule_id = self._call(
            "decisions.add",
            kind=kind,
            run=identity.run.run_id,
            scenario=identity.scenario_id,
            caller=caller,
            callee=callee,
            **more,
        )
        return MeshFault(self._call, rule_id, told)
