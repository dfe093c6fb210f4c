"""What is going on, while it goes on: behave's formatter for people who wait and for those who read a log."""

from __future__ import annotations

import atexit
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from behave.formatter.base import Formatter

from ..execution import FLAKY, TOOK, scenario_id
from ..record import GREEN, reports_folder, verdict_of
from ._durations import Estimate, durations
from ._plain_text import lasting, one_line
from ._screen import screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..execution import SideBySide
    from ..record import Verdict

_BAD: Final = ("failed", "broken")


class ProgressFormatter(Formatter):  # type: ignore[misc] # behave has no types
    """Tells how each scenario ended, how long it took, and how much is left.

    On a terminal: a line for each feature, one more for each scenario that is not green, and below them what runs now.
    Elsewhere: a line for each scenario, and one from time to time while a scenario takes long. It depends on nothing
    but the events and the model of behave; with a run scope it knows the total and, from earlier runs, the time left.
    """

    name: ClassVar = "rehearsal"
    description: ClassVar = "Says how each scenario ended, how long it took, and how much is left."

    def __init__(self, stream_opener: Any, config: Any) -> None:  # noqa: ANN401 - behave's own have no types
        super().__init__(stream_opener, config)
        self.stream = self.open()
        self._screen = screen(self.stream)
        self._known = _known_durations(config)
        self._estimate: Estimate | None = None
        self._feature: Any = None
        self._scenario: Any = None
        self._title = ""
        self._begun = self._feature_begun = time.monotonic()
        self._told: list[Verdict] = []
        self._elsewhere: Estimate | None = None
        self._bad_elsewhere = 0
        self._lock, self._over = threading.RLock(), threading.Event()
        self._clock = threading.Thread(target=self._tick, name="progress", daemon=True)

    def feature(self, feature: Any) -> None:  # noqa: ANN401
        """A feature begins."""
        if self._estimate is None:
            self._start()
        with self._lock:
            self._feature, self._feature_begun, self._told = feature, time.monotonic(), []

    def scenario(self, scenario: Any) -> None:  # noqa: ANN401
        """A scenario begins, so the one before it has ended."""
        with self._lock:
            self._end_scenario()
            if self.config.show_skipped and not scenario.should_skip and not scenario.should_run(self.config):
                return  # it was not selected: behave mentions it all the same, unless told not to
            self._scenario, self._title, self._begun = scenario, one_line(_title(scenario)), time.monotonic()
            self._screen.begin(self._title)

    def rule(self, _rule: Any) -> None:  # noqa: ANN401
        """A rule begins, so the scenario before it has ended."""
        with self._lock:
            self._end_scenario()

    def eof(self) -> None:
        """A feature has ended, with its hooks and clean-ups."""
        with self._lock:
            self._end_scenario()
            self._end_feature()

    def close(self) -> None:
        """The run has ended, or was broken off: nothing is left on the screen but lines."""
        self._stop()
        with self._lock:
            self._end_scenario()
            self._end_feature()
            self._screen.close()
            self.close_stream()

    def side_by_side(self, stands: SideBySide) -> None:
        """Several scenarios run at once, elsewhere: they are told in their order, and what runs now is told here."""
        with self._lock:
            self._end_scenario()  # one that is told has ended
            if self._estimate is None:
                self._start()
            if self._elsewhere is None:
                self._elsewhere = Estimate(stands.planned, self._known)
            for name, seconds, bad in stands.ended:
                self._elsewhere.end(name, seconds)
                self._bad_elsewhere += bad
            running = [
                f"{each.worker}: {one_line(_title(each.scenario))} ({lasting(each.seconds)})" for each in stands.running
            ]
            self._screen.side_by_side(self._elsewhere, self._bad_elsewhere, running, stands.jobs)

    def _start(self) -> None:
        """Begin with what the run scope has planned; behave's own runner says nothing of it."""
        record = getattr(getattr(self.config, "run_scope", None), "record", None)
        self._clean: Callable[[str], str] = getattr(record, "clean", str)
        self._estimate = Estimate(getattr(record, "written", ()), self._known)
        self._screen.start(self._estimate)
        atexit.register(self._stop)  # a daemon that writes while Python ends would crash it
        self._clock.start()

    def _stop(self) -> None:
        self._over.set()
        if self._clock.is_alive():
            self._clock.join(timeout=5)
        atexit.unregister(self._stop)

    def _tick(self) -> None:
        while not self._over.wait(self._screen.pause):
            with self._lock, suppress(OSError, ValueError):  # a stream that was closed is no trouble of the run
                if self._scenario is not None and self._elsewhere is None:
                    self._screen.tick(time.monotonic() - self._begun, _current_step(self._scenario))

    def _end_scenario(self) -> None:
        scenario, self._scenario = self._scenario, None
        if scenario is None or self._estimate is None:
            return
        verdict = "flaky" if getattr(scenario, FLAKY, False) else verdict_of(scenario.status.name)
        took = getattr(scenario, TOOK, time.monotonic() - self._begun)  # a scenario that ran elsewhere is told at once
        self._told.append(verdict)
        self._estimate.end(scenario_id(scenario), took)
        why = self._why(scenario) if verdict not in GREEN else ""
        self._screen.scenario(verdict, self._title, took, one_line(str(scenario.location)), why)

    def _end_feature(self) -> None:
        """Tell how the feature ended; what its own hooks or clean-ups broke is seen in no scenario."""
        feature, self._feature = self._feature, None
        if feature is None:
            return
        seen = any(verdict in _BAD for verdict in self._told)
        broken = None if seen else next((each for each in (feature, *_rules(feature)) if _broke(each)), None)
        if broken is not None:
            title = f"{broken.keyword}: {broken.name}"
            why = self._clean(one_line(broken.error_message or "A hook or clean-up failed."))
            self._screen.scenario("broken", one_line(title), 0.0, one_line(str(broken.location)), why)
            self._told.append("broken")
        took = time.monotonic() - self._feature_begun
        self._screen.feature(one_line(str(feature.name)), self._told, took)

    def _why(self, scenario: Any) -> str:  # noqa: ANN401
        """The first line of what went wrong, or why it was skipped."""
        step = next((each for each in scenario.all_steps if each.status.has_failed()), None)
        said = (step.exception or step.error_message or step.status.name) if step else scenario.error_message
        said = str(said or scenario.skip_reason or "").strip().partition("\n")[0]
        return one_line(self._clean(f"{step.keyword} {step.name}: {said}" if step else said))


def _known_durations(config: Any) -> Any:  # noqa: ANN401
    wanted = config.userdata.get("reports", "reports")
    return durations(reports_folder(wanted, asked="reports" in config.userdata, tell=lambda _words: None))


def _title(scenario: Any) -> str:  # noqa: ANN401
    name = str(scenario.name)
    return name.rpartition(" -- @")[0] or name if getattr(scenario, "_row", None) is not None else name


def _current_step(scenario: Any) -> str:  # noqa: ANN401
    running = next((step for step in scenario.all_steps if step.status.name == "untested"), None)
    return one_line(f"{running.keyword} {running.name}") if running else ""


def _rules(feature: Any) -> list[Any]:  # noqa: ANN401
    return [each for each in feature.run_items if each.type == "rule"]


def _broke(container: Any) -> bool:  # noqa: ANN401
    return bool(container.hook_failed or container.status.name == "cleanup_error")
