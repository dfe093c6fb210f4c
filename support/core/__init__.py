"""What every room may lean on: identity, notes, evidence, waiting, redaction, settings, errors. No library."""

from ._errors import (
    ConfigurationError,
    PartUnavailable,
    PromiseBroken,
    RehearsalError,
    did_you_mean,
    sentence,
)
from ._evidence import Evidence, EvidenceSink, Exhibit
from ._identity import IDENTITY_BAGGAGE, RunIdentity, ScenarioIdentity, new_run, stable_id
from ._notes import Note, Notes
from ._redaction import REDACTED, Redactor, without_secrets
from ._scope import RunScope, ScenarioPlan
from ._settings import Setting, Settings
from ._waiting import eventually, wait_until

__all__ = [
    "IDENTITY_BAGGAGE",
    "REDACTED",
    "ConfigurationError",
    "Evidence",
    "EvidenceSink",
    "Exhibit",
    "Note",
    "Notes",
    "PartUnavailable",
    "PromiseBroken",
    "Redactor",
    "RehearsalError",
    "RunIdentity",
    "RunScope",
    "ScenarioIdentity",
    "ScenarioPlan",
    "Setting",
    "Settings",
    "did_you_mean",
    "eventually",
    "new_run",
    "sentence",
    "stable_id",
    "wait_until",
    "without_secrets",
]
