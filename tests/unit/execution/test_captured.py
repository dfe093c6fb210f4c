from __future__ import annotations

from behave.capture import Captured, ManyCaptured

from support.execution import captured_as_ever, clean_captured


def test_what_behave_captures_is_cleaned_as_long_as_the_run_lasts() -> None:
    """Meanwhile no reader of it meets a secret; afterwards behave is as it was, however often it was told to clean."""
    before = ManyCaptured.add_captured
    clean_captured(lambda text: text.replace("tea", "***"))
    clean_captured(lambda text: text.replace("tea", "***"))
    many = ManyCaptured()
    many.add_captured(Captured("tea"))
    captured_as_ever()
    many.add_captured(Captured("tea"))
    assert many.stdout == "***\ntea"
    assert ManyCaptured.add_captured is before
