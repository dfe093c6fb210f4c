"""What every room may lean on: identity, notes, evidence, waiting, redaction, settings, errors. No library."""

from ._actions import action
from ._archives import ArchiveUnreadable, clean_archive
from ._caches import user_caches
from ._errors import (
    ConfigurationError,
    PartUnavailable,
    PromiseBroken,
    RehearsalError,
    did_you_mean,
    sentence,
)
from ._evidence import Action, Evidence, EvidenceSink, Exhibit
from ._identity import IDENTITY_BAGGAGE, RunIdentity, ScenarioIdentity, new_run, stable_id
from ._notes import Note, Notes
from ._permit import (
    CAPABILITIES,
    EVERYTHING,
    HARMLESS,
    NEEDS_TAG,
    SAFE_METHODS,
    NotPermitted,
    Permit,
    needed_by,
    needs,
)
from ._redaction import Redactor, printable, without_secrets
from ._redaction_output import CleanOutput
from ._redaction_patterns import pattern_fault
from ._scope import RunScope, ScenarioPlan
from ._secret_fields import REDACTED
from ._secret_names import SECRET_WORDS, plain_name
from ._secret_values import KnownValues
from ._settings import Setting, Settings
from ._waiting import eventually, wait_until

__all__ = [
    "CAPABILITIES",
    "EVERYTHING",
    "HARMLESS",
    "IDENTITY_BAGGAGE",
    "NEEDS_TAG",
    "REDACTED",
    "SAFE_METHODS",
    "SECRET_WORDS",
    "Action",
    "ArchiveUnreadable",
    "CleanOutput",
    "ConfigurationError",
    "Evidence",
    "EvidenceSink",
    "Exhibit",
    "KnownValues",
    "NotPermitted",
    "Note",
    "Notes",
    "PartUnavailable",
    "Permit",
    "PromiseBroken",
    "Redactor",
    "RehearsalError",
    "RunIdentity",
    "RunScope",
    "ScenarioIdentity",
    "ScenarioPlan",
    "Setting",
    "Settings",
    "action",
    "clean_archive",
    "did_you_mean",
    "eventually",
    "needed_by",
    "needs",
    "new_run",
    "pattern_fault",
    "plain_name",
    "printable",
    "sentence",
    "stable_id",
    "user_caches",
    "wait_until",
    "without_secrets",
]
