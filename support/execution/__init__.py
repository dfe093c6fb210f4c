"""Running scenarios: what is selected, in which order, inside which scope; for any behave suite.

behave's configuration names the runner (`runner = support.execution:Runner`) and, if the suite has one, the scope that
is opened around the scenarios (`run_scope = support.run:Run` under `[behave.userdata]`).
"""

from typing import TYPE_CHECKING

from ..core import lazily

if TYPE_CHECKING:
    from ._any_runner import check_any_runner
    from ._captured import captured_as_ever, clean_captured
    from ._definition import Ambiguity, Definition
    from ._facts import STARTED_AT, amend, failed_step, scenario_record, scenario_started
    from ._identity import plan_of, rule_of, scenario_id, tags_of, tell_apart, title_of
    from ._marks import ATTEMPT, FLAKY, TOOK
    from ._needs import needs_of
    from ._options import SETTINGS
    from ._rerun import rerun_command
    from ._runner import Runner
    from ._settings_page import settings_page
    from ._trace import message_of, trace_of
    from ._vocabulary import Vocabulary
    from .parallel import SideBySide as SideBySide
else:
    __getattr__ = lazily(
        __name__,
        {
            "_any_runner": "check_any_runner",
            "_captured": "captured_as_ever clean_captured",
            "_definition": "Ambiguity Definition",
            "_facts": "STARTED_AT amend failed_step scenario_record scenario_started",
            "_identity": "plan_of rule_of scenario_id tags_of tell_apart title_of",
            "_marks": "ATTEMPT FLAKY TOOK",
            "_needs": "needs_of",
            "_options": "SETTINGS",
            "_rerun": "rerun_command",
            "_runner": "Runner",
            "_settings_page": "settings_page",
            "_trace": "message_of trace_of",
            "_vocabulary": "Vocabulary",
        },
    )

__all__ = [
    "ATTEMPT",
    "FLAKY",
    "SETTINGS",
    "STARTED_AT",
    "TOOK",
    "Ambiguity",
    "Definition",
    "Runner",
    "Vocabulary",
    "amend",
    "captured_as_ever",
    "check_any_runner",
    "clean_captured",
    "failed_step",
    "message_of",
    "needs_of",
    "plan_of",
    "rerun_command",
    "rule_of",
    "scenario_id",
    "scenario_record",
    "scenario_started",
    "settings_page",
    "tags_of",
    "tell_apart",
    "title_of",
    "trace_of",
]
