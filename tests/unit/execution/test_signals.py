"""Interruptions: the first ends in order, the second now."""

from __future__ import annotations

import signal
import threading

import pytest

from support.execution._signals import Interruptions


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_is_an_interruption_and_the_second_kills(number: signal.Signals) -> None:
    """After the first one nothing stands between either signal and the process."""
    with Interruptions() as interruptions:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        assert interruptions.seen
        assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)] == [signal.SIG_DFL] * 2


def test_closing_is_not_torn_apart() -> None:
    """While a run closes, a first signal only counts."""
    with Interruptions() as interruptions:
        interruptions.closing = True
        signal.raise_signal(signal.SIGTERM)
        assert interruptions.seen


def test_everything_is_as_before_afterwards() -> None:
    """The handlers of whoever started us come back."""
    before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
    with Interruptions():
        pass
    assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)] == before


def test_an_ignored_signal_stays_ignored() -> None:
    """What nohup or a shell's "&" has switched off is not switched on."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interruptions():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_other_threads_may_run_it_without_signals() -> None:
    """Outside the main thread, where Python allows no handlers, entering does nothing."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with Interruptions():
                pass
        except ValueError as error:
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert failures == []
