"""Records of runs that never were."""

from __future__ import annotations

from support.record import Run, RunFinished, RunStarted, ScenarioRecord, StepRecord

STARTED = RunStarted(run_id="r1", seed=4711, started_at=0.0, profile="embedded")
RERUN = "behave features/a.feature:12 -D seed=4711"
HOSTILE = "\x1b[31m<script>alert(1)</script>\u202e\ud800\x00'\"&]]>\uffff"
"""What may stand in a name or a message and must do nothing."""


def ended(name: str, status: str = "passed", **more: object) -> ScenarioRecord:
    """A scenario's record with everything that a reader looks at."""
    told = {"feature": "Ordering", "rule": "Stock", "feature_file": "features/a.feature", "line": 12, "rerun": RERUN}
    return ScenarioRecord(
        **{"scenario_id": name, "run_id": "r1", "name": name, "status": status} | told | more  # type: ignore[arg-type]
    )


def run(*scenarios: ScenarioRecord, exit_status: int = 0, reason: str = "", started: RunStarted = STARTED) -> Run:
    """A run that came to its end."""
    return Run(started, scenarios, RunFinished(finished_at=1.0, exit_status=exit_status, duration=12.34, reason=reason))


def promise(error: str = "expected 1, found 2") -> StepRecord:
    """A step that the product did not keep."""
    return StepRecord("Then", "it is sold out", "failed", line=14, error=error, error_type="PromiseBroken")


def accident(error: str = "boom") -> StepRecord:
    """A step in which something of ours went wrong."""
    return StepRecord(
        "When", "Ada orders", "error", error=error, error_type="OSError", trace="a.py:1 in a\nb.py:2 in b"
    )
