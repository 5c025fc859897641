"""Interrupts that compiled code turns into errors of its own."""

import signal

import pytest

from addon.trace import TraceError
from headless import cli
from headless.interrupt import Interrupt, interrupt


def _broken(args):
    raise TypeError("(): incompatible function arguments")


def test_an_error_that_an_interrupt_was_turned_into_is_a_stop(monkeypatch, capfd):
    monkeypatch.setattr(cli, "app", _broken)
    monkeypatch.setattr(interrupt, "asked", True)
    assert cli.main([]) == 1
    assert capfd.readouterr().err == f"error: {cli.STOPPED}\n"


def test_without_an_interrupt_a_fault_of_ours_is_not_hidden(monkeypatch):
    monkeypatch.setattr(cli, "app", _broken)
    with pytest.raises(TypeError):
        cli.main([])


def test_what_is_told_after_an_interrupt_is_the_stop(monkeypatch, capfd):
    def refusing(args):
        raise TraceError("it ends in the middle")

    monkeypatch.setattr(cli, "app", refusing)
    monkeypatch.setattr(interrupt, "asked", True)
    assert cli.main([]) == 1
    assert cli.STOPPED in capfd.readouterr().err


def test_the_end_of_a_command_from_outside_is_a_stop():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    one = Interrupt()
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        one.install()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
            signal.signal(number, handler)
    assert one.asked
