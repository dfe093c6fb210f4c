"""The runner: behave's own, with a scope around it and an answer to everything that can go wrong before."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from behave.formatter._registry import make_formatters
from behave.runner import the_step_registry
from behave.step_registry import AmbiguousStep

from ..core import ConfigurationError, RehearsalError
from ._captured import captured_as_ever
from ._choice import choose
from ._durations import Durations
from ._identity import plans_of
from ._limits import Timekeeper
from ._options import read_options
from ._quick import QuickContext, forgotten, lasting, quick_answers
from ._reading import read_features, suite_files
from ._signals import Interruptions
from ._smoke import SmokeGate
from ._tell import tell
from ._timed import TimedRunner
from ._trace import without_traces_of_ours
from ._undefined import undefined_report
from .parallel import Nobody

if TYPE_CHECKING:
    from ..core import RunScope
    from ._options import Options
    from .parallel import Conductor, Unsteady


class Runner(TimedRunner):
    """Runs any behave suite; with a run scope, opens it around the scenarios and closes it whatever happens.

    Hooks find the live scope as `context.config.run_scope` (None: there is none, or this is a dry run); formatters find
    it there before it is open, and one that has `did_not_open` is told with which error it did not. If the scope has a
    `record` (a `RecordWriter`), what befalls scenarios after their records were written is amended there; if it
    has `stopped`, a text that is not empty says why no other scenario starts; `staff` (a `Staff`) lets workers run it.
    """

    def run(self) -> bool:
        """Run the suite; True if it failed. What the user can mend is told in a few lines, without a traceback."""
        self.config.run_scope = None
        self._conductor: Conductor | None = None
        try:
            with Interruptions() as self._interruptions, quick_answers(), forgotten():
                return bool(super().run())
        except (RehearsalError, AmbiguousStep) as error:
            tell(str(error))
        except KeyboardInterrupt:
            tell("Interrupted.")
        finally:
            self.keeper.close()
            captured_as_ever()
        return True

    def run_with_paths(self) -> bool:
        """Prepare, then run: every word is checked before anything is started."""
        options = read_options(self.config)
        with lasting():
            scope = self._prepare(options)
        self.config.run_scope = scope  # formatters may ask for it as soon as they are made
        self.formatters = make_formatters(self.config, self.config.outputs)
        without_traces_of_ours(self.formatters)
        return self._run_alone(options) if scope is None else self._run_inside(scope, options)

    def _prepare(self, options: Options) -> RunScope | None:
        """Load and read everything, choose what is to run, and say what is to be opened around it."""
        self.context = QuickContext(self)
        with suite_files(self.base_dir):
            self.load_hooks()
            self.load_step_definitions()
        self.step_registry = the_step_registry
        self._read()
        self._choice = choice = choose(self.features, self.config, options, self.base_dir)
        self.keeper = Timekeeper(options.policy.limits)
        self._gate = SmokeGate([] if self.config.dry_run else choice.smoke)
        scope = self._scope_of(options)
        self._idle = not choice.scenarios and (choice.part is not None or scope is not None)
        if options.side_by_side and choice.scenarios and not self.config.dry_run:
            self._conductor = self._conduct(options, scope)
        else:
            self._gate.guard(self.features)
            self.keeper.open()
        return scope

    def _scope_of(self, options: Options) -> RunScope | None:
        """What is to be opened around the scenarios; looking is not touching."""
        if options.scope is None or self.config.dry_run:
            return None
        part = self._choice.part
        return options.scope(part.identify(options.identity) if part else options.identity, options.settings)

    def _read(self) -> None:
        """Parse the features."""
        with suite_files(self.base_dir):
            locations = [each for each in self.feature_locations() if not self.config.exclude(each)]
        self.features.extend(read_features(locations, self.config.lang))

    def run_model(self, features: Any = None) -> bool:  # noqa: ANN401 - behave has no types
        """As behave's; where workers run, its features as the conductor hands them out."""
        features = self.features if features is None else features
        return bool(super().run_model(features if self._conductor is None else self._conductor.features(features)))

    def should_run_hook(self, hook_name: str) -> bool:
        """None in the process of the conductor, as workers run them; none where nothing was opened for them."""
        return self._conductor is None and not self._idle and bool(super().should_run_hook(hook_name))

    def run_hook(self, hook_name: str, *args: Any) -> bool:  # noqa: ANN401 - behave has no types
        """As behave's; where workers run, what has become of the hook there."""
        if self._conductor is not None:
            self._conductor.hook(hook_name, *args)
            return True
        return bool(super().run_hook(hook_name, *args))

    def run_hook_with_capture(self, hook_name: str, *args: Any, **named: Any) -> bool:  # noqa: ANN401
        """As behave's; where workers run, what has become of the hook there."""
        if self._conductor is not None:
            return self.run_hook(hook_name, *args)
        return bool(super().run_hook_with_capture(hook_name, *args, **named))

    def _conduct(self, options: Options, scope: RunScope | None) -> Conductor:
        self._durations = Durations(options, self.base_dir)
        staff = Nobody() if scope is None else getattr(scope, "staff", None)
        if staff is None:
            msg = f"{type(scope).__name__} has no staff: it knows no workers. Run with one job (-j 1)."
            raise ConfigurationError(msg)
        from .parallel._start import conduct

        return conduct(
            self,
            self._choice.scenarios,
            replace(options.policy, known=self._durations.known(self._choice.given)),
            staff=staff,
            gate=self._gate,
            first=self._choice.smoke,
            interruptions=self._interruptions,
        )

    def _run_alone(self, options: Options) -> bool:
        """Without a scope, nobody keeps a record that tells of attempts: we do."""
        failed, unsteady = self._run_scenarios(), self._unsteady()
        if self._conductor is not None:
            self._durations.keep(self._conductor.took)
        for each in unsteady:
            tell(str(each))
        if unsteady and options.fail_on_flaky and not failed:
            tell("The run fails because of what is flaky: -D fail_on_flaky.")
        return failed or self._fails_on_flaky(options)

    def _unsteady(self) -> list[Unsteady]:
        return [] if self._conductor is None else self._conductor.unsteady

    def _fails_on_flaky(self, options: Options) -> bool:
        return options.fail_on_flaky and any(each.flaky for each in self._unsteady())

    def _run_inside(self, scope: RunScope, options: Options) -> bool:
        self._open(scope)
        self._gate.stopped = lambda: str(getattr(scope, "stopped", ""))
        failed = True
        try:
            failed = self._run_scenarios() or self._fails_on_flaky(options)
            self._amend(scope)
        finally:
            closed = self._close(scope, failed=failed)
        return failed or not closed

    def _amend(self, scope: RunScope) -> None:
        """Write down what befell scenarios after their records were written."""
        from ..record import RecordWriter
        from ._facts import amend

        record = getattr(scope, "record", None)
        if isinstance(record, RecordWriter):
            amend(record, self.features, self._gate.reason())

    def _open(self, scope: RunScope) -> None:
        try:
            scope.open(plans_of(self._choice.scenarios))
        except BaseException as error:
            self._close_formatters(error)
            if not isinstance(error, RehearsalError):  # after one of ours, nothing is left running
                self._close(scope, failed=True)
            raise

    def _close(self, scope: RunScope, *, failed: bool) -> bool:
        self._interruptions.closing = True
        aborted = bool(self.aborted or self._interruptions.seen)
        sys.stdout.flush()
        try:
            return scope.close(failed=failed or aborted, aborted=aborted)
        except RehearsalError as error:
            tell(str(error))
            return False

    def _run_scenarios(self) -> bool:
        failed, reason = bool(self.run_model()), self._gate.reason()
        for told in (reason, undefined_report(self.undefined_steps, self.step_registry)):
            tell(told)
        return failed or bool(reason)

    def _close_formatters(self, error: BaseException) -> None:
        for formatter in self.formatters:
            if told := getattr(formatter, "did_not_open", None):
                told(self, error)
            formatter.close()
