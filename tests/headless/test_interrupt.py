"""Interrupts that compiled code turns into errors of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import headless.__main__
from addon.trace import TraceError
from headless import cli
from headless.interrupt import STOPPED, Interrupt, interrupt

ROOT = Path(__file__).parents[2]


def _broken(args):
    raise TypeError("(): incompatible function arguments")


def test_an_error_that_an_interrupt_was_turned_into_is_a_stop(monkeypatch, capfd):
    monkeypatch.setattr(cli, "app", _broken)
    monkeypatch.setattr(interrupt, "asked", True)
    assert cli.main([]) == 1
    assert capfd.readouterr().err == f"error: {STOPPED}\n"


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
    assert STOPPED in capfd.readouterr().err


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


CAUGHT = """
import signal, sys
from headless.interrupt import interrupt
signal.signal(signal.SIGINT, signal.default_int_handler)  # A shell's background job inherits that it is ignored.
interrupt.install()
try:
    exec("signal.raise_signal(signal.SIGINT)")
except KeyboardInterrupt:
    sys.exit(1)
"""


def test_a_stop_in_code_made_of_a_text_keeps_the_exit_code(tmp_path):
    script = tmp_path / "caught.py"
    script.write_text(CAUGHT)
    done = subprocess.run([sys.executable, script], env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)
    assert done.returncode == 1


@pytest.mark.parametrize("command", [["--help"], ["execute", "x.py", "--objects", "y.json"]])
def test_a_stop_while_a_command_is_loaded_is_told_in_one_sentence(monkeypatch, capfd, command):
    def stopped(words):
        raise KeyboardInterrupt

    monkeypatch.setattr(headless.__main__, "_command", stopped)
    monkeypatch.setattr(interrupt, "install", lambda: None)
    monkeypatch.setattr(interrupt, "end", lambda: None)
    monkeypatch.setattr(sys, "argv", ["headless", *command])
    assert headless.__main__._main() == 1
    assert capfd.readouterr().err == f"error: {STOPPED}\n"
