"""What was left before somebody knew that it held a secret."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from unittest.mock import patch

from support.core import REDACTED, Evidence, Exhibit, Redactor
from support.core._bounds import LONGEST_TEXT

if TYPE_CHECKING:
    from support.core import Action

CANARY = "tea-time-canary"


def left(evidence: Evidence) -> tuple[tuple[Exhibit, ...], tuple[Action, ...]]:
    """Leave the canary in every place that an exhibit and an action have; all that can be read then."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("0.trace", f'{{"typed": "{CANARY}"}}')
    data = {"headers": [{"name": "X", "value": CANARY}], CANARY[4:]: 1}
    with evidence.action(f"use {CANARY}", {"x": CANARY}):
        evidence.keep(Exhibit("mail", f"to {CANARY}", f"Your {CANARY}", data=data))
        evidence.keep(Exhibit("browser.trace", "trace", archive.getvalue(), "application/zip"))
    return evidence.all(), evidence.actions()


def test_a_secret_that_is_shown_before_it_is_known_is_taken_out_when_it_is_read() -> None:
    """Summary, body, data, archives, actions: nobody who reads them afterwards meets it."""
    evidence = Evidence(Redactor())
    exhibits, _ = left(evidence)
    assert exhibits[0].summary == f"to {CANARY}"
    evidence.hide(CANARY)
    mail, trace = evidence.all()
    assert (mail.summary, mail.body) == (f"to {REDACTED}", f"Your {REDACTED}")
    assert mail.data["headers"] == [{"name": "X", "value": REDACTED}]
    with zipfile.ZipFile(io.BytesIO(bytes(trace.body))) as archive:  # type: ignore[arg-type]
        assert archive.read("0.trace").decode() == f'{{"typed":"{REDACTED}"}}'
    (action,) = evidence.actions()
    assert (action.title, action.parameters) == (f"use {REDACTED}", {"x": REDACTED})
    assert evidence.of("mail") == (mail,)


def test_every_secret_counts_wherever_it_was_learnt() -> None:
    """The run's redactor learns of others, too; what entered afterwards is not cleaned again."""
    redactor = Redactor()
    evidence = Evidence(redactor)
    evidence.keep(Exhibit("mail", CANARY))
    redactor.add(CANARY)
    evidence.keep(Exhibit("mail", "no secret"))
    with patch("support.core._evidence.cleaned_again", side_effect=lambda exhibit, _: exhibit) as again:
        evidence.all()
        evidence.all()
    assert [call.args[0].summary for call in again.call_args_list] == [CANARY]


def test_nothing_is_cleaned_again_if_no_secret_was_learnt() -> None:
    """What is known already, and what is too short to be one, changes nothing: the very same exhibits are read."""
    evidence = Evidence(Redactor(secrets=["known-before"]))
    before = left(evidence)
    evidence.hide("known-before", "abc")
    assert [*map(id, evidence.all()), *map(id, evidence.actions())] == [id(each) for kind in before for each in kind]


def test_what_was_cut_is_not_cut_again() -> None:
    """The line that tells how much is missing stays as it is."""
    evidence = Evidence(Redactor())
    evidence.keep(Exhibit("attachment", "dump", f"{CANARY} {'x' * LONGEST_TEXT}"))
    evidence.hide(CANARY)
    body = str(evidence.all()[0].body)
    assert body.startswith(f"{REDACTED} xxx")
    assert body.count("[cut: ") == 1
    assert f"[cut: {len(CANARY) + 1:,} of" in body
