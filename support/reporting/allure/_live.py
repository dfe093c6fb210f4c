"""Results while a suite runs: behave's model becomes records, and records become results."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...execution import ATTEMPT, STARTED_AT, scenario_id, tell_apart
from ...record import RunStarted, ScenarioRecord, machine, versions
from ._attachments import Attachments
from ._book import Book, Told
from ._collector import Collector
from ._fixtures import Fixtures, blamed, rule_key
from ._folder import ResultsFolder
from ._recorder import INTERRUPTED, Attempt, Recorder
from ._result import Teller, uuid_for
from ._results import draft_globals, write_about, write_containers, write_globals, write_result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from behave.configuration import Configuration
    from behave.model import Feature, Scenario, Step

    from ...core import Redactor
    from ...record import FixtureRecord
    from ._options import Options


class LiveResults:
    """Writes the results of a run that goes on into a folder; its methods are called as behave goes along."""

    def __init__(self, path: Path, config: Configuration, options: Options) -> None:
        self._config, self._options, self._recorder = config, options, Recorder(config)
        self._run_id = self._recorder.identity.run_id
        self._results = ResultsFolder(path, self._run_id)
        self._attachments = Attachments(self._results.path, self._results)
        self._teller = Teller(self._run_id, self._attachments, options)
        self._started_at = time.time()
        self._runner: Any = None
        self._book: Book | None = None
        self._seen: set[int] = set()
        self._open: Attempt | None = None
        self._fixtures: list[FixtureRecord] = []
        self._troubles: list[FixtureRecord] = []
        self._children: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._last: Told | None = None
        self._worker = ""
        self._retries = str(config.userdata.get("retries", "0")) != "0"
        self.collector = _Ears(self, self._recorder.redactor, self._attachments).install()

    def in_worker(self, worker: str) -> None:
        """Tell only of what runs in this process, one of several that write into the folder."""
        self._worker = self.collector.worker = worker
        self._results.of(worker)

    def conclude(self, runner: Any, told: Callable[[Scenario], bool]) -> None:  # noqa: ANN401 - behave has no types
        """Tell of the scenarios that no worker has told of, and of the run."""
        self.saw(runner)
        self.collector.remove()
        scenarios = (each for feature in runner.features for each in feature.walk_scenarios())
        for scenario in scenarios:
            if not told(scenario):
                self._tell(Told(self._unseen(scenario)))
        self._about([])

    def saw(self, runner: Any) -> None:  # noqa: ANN401 - behave has no types
        """The runner is known, and by it all features."""
        self._runner = runner
        self._recorder.numbers |= tell_apart(runner.features, getattr(runner, "base_dir", None) or os.getcwd())  # noqa: PTH109

    def did_not_open(self, runner: Any, error: BaseException) -> None:  # noqa: ANN401 - behave has no types
        """What was to be opened around all scenarios could not be, so none of them begins."""
        self.saw(runner)
        self.collector.did_not_open(error)

    def feature(self, feature: Feature) -> None:
        """A feature begins."""
        self.end_feature()
        if not self._seen:
            draft_globals(self._results, self._run_id, self._started_at)
        if self._runner is None:
            self._recorder.numbers |= tell_apart([feature], os.getcwd())  # noqa: PTH109 - behave's paths are strings
        self._book = Book(feature, self._config, self._recorder.clean, self._tell)
        self._seen.add(id(feature))

    def begin(self, scenario: Scenario) -> None:
        """An attempt at a scenario begins; should the run be killed in it, its result says so already."""
        self.end_scenario(INTERRUPTED)
        if self._book is None:
            self.feature(scenario.feature)
        name = scenario_id(scenario)
        number = 1 + (self._book.attempts(name) if self._book else 0)
        number = max(number, getattr(scenario, ATTEMPT, 1))  # those before may have run in other workers
        self._open = attempt = self._recorder.attempt(scenario, number)
        self.collector.enter(name, number, attempt.evidence)
        if scenario.should_run(self._config):
            result = self._teller.draft(self._recorder.provisional(attempt))
            self._results.draft(f"{result['uuid']}-result.json", result)

    def announce(self, step: Step) -> None:
        """A step of the scenario is yet to come."""
        if self._open:
            self._open.steps.append(step)

    def begin_step(self) -> None:
        """The next step begins, with its hook."""
        if self._open and self._open.next_step < len(self._open.steps):
            self._open.running = self._open.next_step
            setattr(self._open.steps[self._open.running], STARTED_AT, time.time())
            self._open.next_step += 1

    def end_step(self) -> None:
        """The step has ended, with its hook."""
        if self._open:
            self._open.running = None

    def hear(self, fixture: FixtureRecord) -> None:
        """A hook, fixture or clean-up has ended."""
        if self._open and fixture.of == self._open.identity.scenario_id:
            self._open.fixtures.append(fixture)
        else:
            self._fixtures.append(fixture)
            self._troubles += [fixture] if fixture.status != "passed" else []

    def end_scenario(self, interrupted: str = "") -> None:
        """The scenario that is open, if one is, has its final status; unless it was interrupted."""
        if (attempt := self._open) is None or self._book is None:
            return
        marks = self.collector.leave()
        self._open = None
        record = replace(self._recorder.record(attempt, marks, self._attachments), worker=self._worker)
        if interrupted and record.verdict not in {"failed", "broken"}:
            record = replace(record, status="error", reason=interrupted)
        before = self._book.before(record.scenario_id) or (record.attempt > 1 and self._retries)
        again = record.verdict == "passed" and before
        self._book.add(Told(record, attempt.fixtures, flaky=again))

    def end_feature(self) -> None:
        """The feature that is open, if one is, has ended with its hooks and clean-ups."""
        self.end_scenario(INTERRUPTED)
        if (book := self._book) is None:
            return
        self._book = None
        for record in book.close(self._unseen):
            if not self._worker:
                self._tell(Told(record))
        self._write_containers(last=False)

    def close(self) -> None:
        """The run has ended: tell of what it did not come to, and what its own hooks have broken."""
        self.collector.remove()
        self.end_feature()
        features = () if self._worker else getattr(self._runner, "features", ())
        unseen = [each for each in features if id(each) not in self._seen]
        books = [Book(each, self._config, self._recorder.clean, self._tell) for each in unseen]
        left = [record for book in books for record in book.close(self._unseen)]
        of_run = [each for each in self._fixtures if each.scope == "run"]
        last = [self._last.record] if self._last else []
        for before, after in zip([*last, *left], blamed([*last, *left], of_run), strict=True):
            if self._last is None or before is not self._last.record:
                self._tell(Told(after))
            elif after is not before:
                self._write(replace(self._last, record=after))
        of_all = [each for each in self._fixtures if not each.of]
        self._write_containers(last=True)
        if not self._worker:
            self._about(of_all)

    def _unseen(self, scenario: Scenario) -> ScenarioRecord:
        return self._recorder.unseen(scenario, self._attachments)

    def _tell(self, told: Told) -> None:
        if self._options.hides(told.record):
            self._results.drop(f"{uuid_for(self._run_id, told.record)}-result.json")
            return
        self._write(told)
        if told.record.verdict not in {"skipped", "not run"}:
            self._last = told

    def _write(self, told: Told) -> None:
        record = told.record
        around = ("", record.feature_file, rule_key(record.feature_file, record.rule))
        outer = [each for each in self._troubles if each.of in around]
        result, fixtures = self._teller.result(record, told.fixtures, outer, flaky=told.flaky)
        write_result(self._results, self._run_id, result, fixtures)
        for key in around:
            self._children[key][result["uuid"]] = None

    def _write_containers(self, *, last: bool) -> None:
        """Write what was around the scenarios of a feature; around all of them, when the run has ended."""
        ready = [each for each in self._fixtures if last or each.of]
        self._fixtures = [each for each in self._fixtures if not (last or each.of)]
        write_containers(self._results, self._teller, Fixtures.sort(ready, ()), self._children)
        for key in [key for key in self._children if key]:
            del self._children[key]

    def _about(self, of_all: list[FixtureRecord]) -> None:
        started = RunStarted(
            self._run_id, self._recorder.identity.seed, self._started_at, versions=versions(), platform=machine()
        )
        write_about(self._results, started, keep=True)
        write_globals(self._results, self._teller, of_all)


class _Ears(Collector):
    """The collector of live results: it knows when a scenario has ended."""

    def __init__(self, live: LiveResults, redactor: Redactor, attachments: Attachments) -> None:
        super().__init__(live.hear, redactor, lambda exhibits, _into: attachments.keep(exhibits))
        self._live = live

    def saw(self, runner: Any) -> None:  # noqa: ANN401 - behave has no types
        super().saw(runner)
        self._live.saw(runner)

    def scenario_ended(self, runner: Any) -> None:  # noqa: ANN401, ARG002 - behave has no types
        self._live.end_scenario()
