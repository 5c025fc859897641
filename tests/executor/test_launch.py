"""Workers are forks of one process, which knows nothing of what they are told."""

import os
import signal
import subprocess
import sys

import pytest

from addon.executor import Budgets, ScriptError, launch
from addon.executor.job import EMPTY_SCENE, start_message, step_message
from addon.executor.process import WorkerProcess

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each worker is started by itself")
STEP = step_message(1, b"", b"")


@pytest.fixture
def worker():
    """Starts workers; they are ended in the end."""
    begun = []

    def start(source):
        one = WorkerProcess(Budgets())
        begun.append(one)
        one.start(start_message(EMPTY_SCENE, dt=1.0, seed=0, budgets=one.budgets))
        one.load(source)
        return one

    yield start
    for one in begun:
        one.close()


def parent(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return int(file.read().rpartition(")")[2].split()[1])


def holds(pid, words):
    """Whether the memory of a process has these bytes."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            place, rights = line.split()[:2]
            start, end = (int(part, 16) for part in place.split("-"))
            if "w" not in rights:
                continue
            memory.seek(start)
            if words in memory.read(end - start):
                return True
    return False


def test_what_a_worker_was_told_reaches_neither_the_next_nor_their_template(worker):
    first = worker("state['kept'] = 1\nprint('a secret ' + 'of mine')")
    assert first.ask(STEP)["printed"] == "a secret of mine\n"
    template = parent(first.process.pid)
    assert template != os.getpid()
    assert not holds(template, b"of mine")
    assert holds(template, b"F")
    second = worker("print(len(state), 'kept' in state)")
    assert parent(second.process.pid) == template
    assert second.ask(STEP)["printed"] == "0 False\n"


def test_a_worker_that_ends_costs_no_other(worker):
    first, second = worker("x = 1"), worker("print('here')")
    first.process.kill()
    assert first.process.wait() == -signal.SIGKILL
    with pytest.raises(ScriptError, match="it was killed"):
        first.ask(STEP)
    assert second.ask(STEP)["printed"] == "here\n"
    assert worker("print('later')").ask(STEP)["printed"] == "later\n"


def test_workers_end_with_their_template_and_the_next_gets_another(worker):
    first = worker("x = 1")
    template = parent(first.process.pid)
    os.kill(template, signal.SIGKILL)
    assert first.process.wait(5) == -signal.SIGKILL
    second = worker("print('here')")
    assert second.ask(STEP)["printed"] == "here\n"
    assert parent(second.process.pid) not in (template, os.getpid())


def test_waiting_for_a_worker_that_runs_takes_no_longer_than_asked(worker):
    one = worker("x = 1").process
    with pytest.raises(subprocess.TimeoutExpired):
        one.wait(0.01)
    assert one.poll() is None
    one.send_signal(signal.SIGTERM)
    assert one.wait(5) == one.poll() == -signal.SIGTERM


def test_a_system_without_such_forks_starts_workers_one_by_one(worker, monkeypatch):
    def fails():
        raise OSError

    monkeypatch.setattr(launch, "_can_fork", True)
    monkeypatch.setattr(launch, "Template", fails)
    launch._close()
    one = worker("print('here')")
    assert parent(one.process.pid) == os.getpid()
    assert one.ask(STEP)["printed"] == "here\n"
