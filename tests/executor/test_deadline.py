import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from addon.executor import Budgets, ScriptError, ScriptSession
from addon.executor.deadline import WAITING, Deadline, computed
from addon.scene_graph import StepState

linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell what another process computed")


@pytest.fixture
def sleeper():
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield process.pid
    process.kill()
    process.wait()


@linux
def test_what_a_process_computed_is_told_while_it_is_there(sleeper):
    before = computed(os.getpid())
    sum(range(2_000_000))
    assert computed(os.getpid()) > before
    assert computed(sleeper) is not None
    assert computed(2**22 + 1) is None


@linux
def test_a_process_that_gets_no_time_has_some_left(sleeper):
    os.kill(sleeper, signal.SIGSTOP)
    deadline = Deadline(sleeper, 0.05)
    time.sleep(0.1)
    assert deadline.used() < 0.05
    assert 0 < deadline.left() <= 0.05


def test_waiting_ends_on_the_clock(sleeper, monkeypatch):
    start = time.monotonic()
    deadline = Deadline(sleeper, 0.05)
    monkeypatch.setattr(time, "monotonic", lambda: start + WAITING * 0.05 + 1)
    assert deadline.left() == 0


def test_without_a_processor_clock_the_one_on_the_wall_counts(monkeypatch):
    monkeypatch.setattr("addon.executor.deadline.computed", lambda pid: None)
    deadline = Deadline(os.getpid(), 0.02)
    assert 0 < deadline.left() <= 0.02
    time.sleep(0.03)
    assert deadline.used() >= 0.03
    assert deadline.left() == 0


@linux
def test_a_system_that_is_busy_elsewhere_does_not_end_a_script(scene, bench):
    """The worker gets no time for longer than a step may take."""
    with ScriptSession("state['n'] = state.get('n', 0) + 1", scene, budgets=Budgets(seconds_step=0.3)) as session:
        pid = session._worker.process.pid
        os.kill(pid, signal.SIGSTOP)
        threading.Timer(0.6, os.kill, (pid, signal.SIGCONT)).start()
        session.step(StepState(1, *(a.copy() for a in bench.arrays.values())))


@linux
def test_a_script_that_computes_too_long_ends_all_the_same(scene, bench):
    budgets = Budgets(ticks_step=10**9, seconds_step=0.1)
    with (
        ScriptSession("while True: pass", scene, budgets=budgets) as session,
        pytest.raises(ScriptError, match=r"0.1 s \(seconds_step\)"),
    ):
        session.step(StepState(1, *(a.copy() for a in bench.arrays.values())))
