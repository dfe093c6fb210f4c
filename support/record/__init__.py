"""The run record: JSON lines, written as scenarios end; the only interface between a run and what is told about it.

Unlike `RunScope`, which asks a run to do something, the record only says what happened. Whoever writes it needs no
reader, and a reader needs neither the run nor its system: `RecordWriter` on one side, `read_record` on the other.
"""

from typing import TYPE_CHECKING

from ..core import lazily

if TYPE_CHECKING:
    from ._amending import amended
    from ._attempts import ATTEMPTS, in_words
    from ._cleaning import clean_evidence
    from ._durations import DURATIONS, keep_durations, read_durations
    from ._evidence import keep_evidence, summaries
    from ._lines import (
        SCHEMA_VERSION,
        Amendment,
        Entry,
        EvidenceRecord,
        FixtureRecord,
        RunFinished,
        RunStarted,
        ScenarioRecord,
        ScenarioStarted,
        StepRecord,
    )
    from ._logs import keep_logs
    from ._machine import machine, versions
    from ._place import reports_folder
    from ._reading import read_record
    from ._run import Run
    from ._verdict import GREEN, VERDICTS, Verdict, verdict_of
    from ._writing import RecordWriter
else:
    __getattr__ = lazily(
        __name__,
        {
            "_amending": "amended",
            "_attempts": "ATTEMPTS in_words",
            "_cleaning": "clean_evidence",
            "_durations": "DURATIONS keep_durations read_durations",
            "_evidence": "keep_evidence summaries",
            "_lines": (
                "Amendment Entry EvidenceRecord FixtureRecord RunFinished "
                "RunStarted SCHEMA_VERSION ScenarioRecord ScenarioStarted StepRecord"
            ),
            "_logs": "keep_logs",
            "_machine": "machine versions",
            "_place": "reports_folder",
            "_reading": "read_record",
            "_run": "Run",
            "_verdict": "GREEN VERDICTS Verdict verdict_of",
            "_writing": "RecordWriter",
        },
    )

__all__ = [
    "ATTEMPTS",
    "DURATIONS",
    "GREEN",
    "SCHEMA_VERSION",
    "VERDICTS",
    "Amendment",
    "Entry",
    "EvidenceRecord",
    "FixtureRecord",
    "RecordWriter",
    "Run",
    "RunFinished",
    "RunStarted",
    "ScenarioRecord",
    "ScenarioStarted",
    "StepRecord",
    "Verdict",
    "amended",
    "clean_evidence",
    "in_words",
    "keep_durations",
    "keep_evidence",
    "keep_logs",
    "machine",
    "read_durations",
    "read_record",
    "reports_folder",
    "summaries",
    "verdict_of",
    "versions",
]
