"""What every room may lean on: identity, notes, evidence, waiting, redaction, settings, errors. No library."""

from typing import TYPE_CHECKING

from ._lazy import lazily

if TYPE_CHECKING:
    from ._actions import action
    from ._archived_json import JsonCleaner
    from ._archives import ArchiveUnreadable, clean_archive, cleaned_bytes
    from ._caches import user_caches
    from ._errors import ConfigurationError, PartUnavailable, PromiseBroken, RehearsalError, did_you_mean, sentence
    from ._evidence import Action, Evidence, EvidenceSink, Exhibit
    from ._identity import IDENTITY_BAGGAGE, RunIdentity, ScenarioIdentity, new_run, stable_id
    from ._journal import Journal, Left
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
else:
    # Small processes and suites of others need little of this package.
    __getattr__ = lazily(
        __name__,
        {
            "_actions": "action",
            "_archived_json": "JsonCleaner",
            "_archives": "ArchiveUnreadable clean_archive cleaned_bytes",
            "_caches": "user_caches",
            "_errors": "ConfigurationError PartUnavailable PromiseBroken RehearsalError did_you_mean sentence",
            "_evidence": "Action Evidence EvidenceSink Exhibit",
            "_identity": "IDENTITY_BAGGAGE RunIdentity ScenarioIdentity new_run stable_id",
            "_journal": "Journal Left",
            "_notes": "Note Notes",
            "_permit": "CAPABILITIES EVERYTHING HARMLESS NEEDS_TAG NotPermitted Permit SAFE_METHODS needed_by needs",
            "_redaction": "Redactor printable without_secrets",
            "_redaction_output": "CleanOutput",
            "_redaction_patterns": "pattern_fault",
            "_scope": "RunScope ScenarioPlan",
            "_secret_fields": "REDACTED",
            "_secret_names": "SECRET_WORDS plain_name",
            "_secret_values": "KnownValues",
            "_settings": "Setting Settings",
            "_waiting": "eventually wait_until",
        },
    )

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
    "Journal",
    "JsonCleaner",
    "KnownValues",
    "Left",
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
    "cleaned_bytes",
    "did_you_mean",
    "eventually",
    "lazily",
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
