"""The run record: JSON lines, written as scenarios end; the only interface between a run and what is told about it.

Unlike `RunScope`, which asks a run to do something, the record only says what happened. Whoever writes it needs no
reader, and a reader needs neither the run nor its system: `RecordWriter` on one side, `read_record` on the other.
"""

from ._amending import amended
from ._attempts import ATTEMPTS, in_words
from ._durations import FILE as DURATIONS
from ._durations import keep_durations, read_durations
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
