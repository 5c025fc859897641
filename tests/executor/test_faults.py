"""What the host does when a worker dies, hangs, lies or uses too much."""

import os
import signal
import struct
import subprocess
import sys
import tempfile
import time

import pytest

from addon.executor import Budgets, ScriptError, ScriptSession, run_plain
from addon.executor.launch import started
from addon.executor.process import WorkerProcess
from addon.scene_graph import StepState

STARTS = int(os.environ.get("CDYN_WORKER_STARTS", "20"))
"""Nightly runs start 1,000 workers."""


def state_of(bench, frame=1):
    return StepState(frame, *(a.copy() for a in bench.arrays.values()))


def framed(body):
    return struct.pack("<I", len(body)) + body


LIES = {
    "no JSON": framed(b"{"),
    "no text": framed(b"\xff\xfe"),
    "a list": framed(b"[]"),
    "deep": framed(b"[" * 50_000),
    "a long number": framed(b'{"writes": [], "printed": ' + b"9" * 10_000 + b"}"),
    "nothing": framed(b""),
    "writes of no list": framed(b'{"writes": {"a": 1}}'),
    "a write of no form": framed(b'{"writes": [[1, 2]]}'),
    "a number as name": framed(b'{"writes": [["object", 5, "location", [0, 0, 0]]]}'),
    "a list as name": framed(b'{"writes": [["object", [], "location", [0, 0, 0]]]}'),
    "an unknown object": framed(b'{"writes": [["object", "Nobody", "location", [0, 0, 0]]]}'),
    "an unknown field": framed(b'{"writes": [["object", "Cube", "modifiers", [0, 0, 0]]]}'),
    "no finite number": framed(b'{"writes": [["object", "Cube", "location", [0, 0, NaN]]]}'),
    "no writes": framed(b"{}"),
    "no fired rules": framed(b'{"writes": []}'),
    "fired rules of no list": framed(b'{"writes": [], "fired": {"1": 1}}'),
    "a fired rule of no number": framed(b'{"writes": [], "fired": ["1"]}'),
    "a fired rule that is a list": framed(b'{"writes": [], "fired": [[1]]}'),
    "a fired rule beyond the last": framed(b'{"writes": [], "fired": [1000]}'),
    "a fired rule before the first": framed(b'{"writes": [], "fired": [0]}'),
    "a half fired rule": framed(b'{"writes": [], "fired": [1.5]}'),
    "a fired rule that is true": framed(b'{"writes": [], "fired": [true]}'),
    "a rule that fired twice": framed(b'{"writes": [], "fired": [7, 7]}'),
    "an odd error": framed(b'{"offences": [1, 2]}'),
    "no error in the error": framed(b'{"offences": []}'),
    "an error with an odd line": framed(b'{"offences": [{"kind": "failed", "line": -7, "reason": {}}]}'),
    "a huge length": struct.pack("<I", 2**32 - 1),
    "two answers": framed(b"{}") * 2,
    "a half answer": framed(b'{"writes": []}')[:9],
    "half a length": b"\0",
}


class Liar(WorkerProcess):
    """A worker that starts as it should and then answers with the bytes it was given."""

    program = """
import os, sys, time
def read():
    length = int.from_bytes(sys.stdin.buffer.read(4), "little")
    sys.stdin.buffer.read(length)
for start in (b'{"layers": []}', b'{"warnings": []}'):
    read()
    os.write(1, len(start).to_bytes(4, "little") + start)
read()
os.write(1, bytes.fromhex(sys.argv[1]))
time.sleep(60)
"""
    answer = b""

    def launch(self):
        return started([sys.executable, "-I", "-S", "-c", self.program, self.answer.hex()])


@pytest.mark.parametrize("lie", LIES)
def test_a_worker_that_sends_something_else_is_ended(scene, bench, monkeypatch, lie):
    monkeypatch.setattr("addon.executor.session.WorkerProcess", type("_", (Liar,), {"answer": LIES[lie]}))
    session = ScriptSession("x = 1", scene, budgets=Budgets(seconds_step=0.1))
    process = session._worker.process
    with pytest.raises(ScriptError):
        session.step(state_of(bench))
    assert process.returncode is not None


def signalled(number):
    return lambda process: os.kill(process.pid, number)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (signalled(signal.SIGSTOP), "step took longer than 0.1 s (seconds_step)"),
        (signalled(signal.SIGKILL), "it was killed, as systems do when memory runs short (memory_mb: 512 MB)"),
        (signalled(signal.SIGSEGV), "signal 11, a crash of Python"),
        (signalled(signal.SIGTERM), "signal 15"),
    ],
)
def test_a_fault_is_noticed_within_the_step_and_named(scene, bench, fault, words):
    session = ScriptSession("x = 1", scene, budgets=Budgets(seconds_step=0.1))
    session.step(state_of(bench))
    process = session._worker.process
    fault(process)
    start = time.monotonic()
    with pytest.raises(ScriptError) as caught:
        session.step(state_of(bench, 2))
    assert words in caught.value.reason
    assert time.monotonic() - start < 10
    assert process.returncode is not None
    with pytest.raises(ScriptError, match="has ended"):
        session.step(state_of(bench, 3))


def test_a_worker_that_does_not_read_is_ended(scene, bench):
    """More than a pipe holds, sent to a process that is stopped."""
    session = ScriptSession("x = 1", scene, budgets=Budgets(seconds_step=0.1))
    process = session._worker.process
    os.kill(process.pid, signal.SIGSTOP)
    with pytest.raises(ScriptError, match="seconds_step"):
        session._worker.ask(bytes(4 << 20))
    session.close()
    assert process.returncode is not None


@pytest.mark.parametrize(
    ("budgets", "source", "kind", "words"),
    [
        (Budgets(source_bytes=20), "x = 1  # a long remark", "limit", "20 bytes (source_bytes)"),
        (Budgets(nesting=8), "x = ((((1 + 2) + 3) + 4) + 5) + 6 + 7 + 8 + 9", "limit", "8 levels (nesting)"),
        (
            Budgets(ticks_step=50),
            "for i in range(100): pass",
            "limit",
            "50 loop rounds and calls in one step (ticks_step)",
        ),
        (
            Budgets(ticks_step=10**9, seconds_step=0.3),
            "while True: pass",
            "limit",
            "step took longer than 0.3 s (seconds_step)",
        ),
        (
            Budgets(ticks_step=10**9, seconds_run=0.3),
            "for i in range(50000): pass",
            "limit",
            "run took longer than 0.3 s (seconds_run)",
        ),
        (
            Budgets(memory_mb=128, ticks_step=10**7),
            "state['kept'] = [[0] * 100000 for i in range(1000)]",
            "limit",
            "128 MB (memory_mb)",
        ),
        (
            Budgets(writes_run=30),
            "for o in bpy.data.objects: o.location.x += 1",
            "limit",
            "more than 30 fields in one run (writes_run)",
        ),
        (
            Budgets(changes_run=30),
            "for o in bpy.data.objects: o['n'] = frame",
            "limit",
            "more than 30 properties and settings in one run (changes_run)",
        ),
        (
            Budgets(property_bytes_run=3000),
            "bpy.data.objects['A']['t'] = str(frame) + 'x' * 200",
            "limit",
            "more than 3000 bytes of properties in one run (property_bytes_run)",
        ),
        (
            Budgets(fired_run=30),
            "fired(1); fired(frame % 999 + 1)",
            "limit",
            "more than 30 rules in one run (fired_run)",
        ),
        (Budgets(code_size=20), "x = 1\n" * 20, "limit", "more than 20 parts (code_size)"),
        (Budgets(objects=1), "x = 1", "limit", "2 objects, more than 1 (objects)"),
        (Budgets(number_bits=64), "x = 2 ** 100", "limit", "64 bits (number_bits)"),
        (Budgets(collection_items=10), "x = [0] * 11", "limit", "10 items (collection_items)"),
        (
            Budgets(answer_bytes=2000),
            "import bpy\nbpy.data.objects['A']['t'] = 'x' * 3000",
            "limit",
            "2000 bytes at once (answer_bytes)",
        ),
        (
            Budgets(property_chars=10),
            "import bpy\nbpy.data.objects['A']['t'] = 'x' * 11",
            "failed",
            "10 characters (property_chars)",
        ),
        (
            Budgets(properties_object=2),
            "import bpy\nbpy.data.objects['A'][f'p{frame}'] = 1",
            "limit",
            "2 properties (properties_object)",
        ),
    ],
)
def test_a_budget_that_is_met_is_named_with_its_value(budgets, source, kind, words):
    run = run_plain(source, [{"name": "A"}, {"name": "B"}], 1000, budgets=budgets)
    assert run.error is not None
    assert words in run.error.reason
    assert run.error.kind == kind


def test_writing_the_same_again_is_no_change():
    source = "for o in bpy.data.objects: o['n'] = 1; o.hide_viewport = True"
    run = run_plain(source, [{"name": "A"}, {"name": "B"}], 50, budgets=Budgets(changes_run=4))
    assert run.error is None


@pytest.mark.skipif(sys.platform == "win32", reason="asks with a signal")
@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1\nwhile True:\n    x = x + 1", (2, 3)),
        ("def slow():\n    for i in range(10**9):\n        pass\nslow()", (2, 3)),
        ("x = 1\ntry:\n    while True: pass\nfinally:\n    x = 2", (3,)),
        ("x = 1\ny = range(10**14).index(0.5)", (None,)),
    ],
)
def test_a_limit_of_time_names_the_line_where_the_script_was(source, line):
    run = run_plain(source, [], 1, budgets=Budgets(ticks_step=10**12, seconds_step=0.3))
    assert run.error.kind == "limit"
    assert "seconds_step" in run.error.reason
    assert run.error.line in line


def test_printing_is_cut_and_the_script_goes_on():
    run = run_plain("print('x' * 30)", [], 10, budgets=Budgets(printed_chars_run=100))
    assert run.error is None
    assert run.steps == 10
    assert len("".join(run.printed)) == 100


def test_a_failing_start_leaves_no_process(scene, monkeypatch):
    started = []
    real = WorkerProcess.ask

    def interrupt(self, *args):
        started.append(self.process)
        raise KeyboardInterrupt

    monkeypatch.setattr(WorkerProcess, "ask", interrupt)
    with pytest.raises(KeyboardInterrupt):
        ScriptSession("x = 1", scene)
    monkeypatch.setattr(WorkerProcess, "ask", real)
    assert started[0].returncode is not None


def children():
    """The processes whose parent this one is, ended ones that nobody waited for among them (Linux)."""
    found = set()
    for name in os.listdir("/proc"):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                parent = file.read().rpartition(")")[2].split()[1]
        except (OSError, IndexError):
            continue
        if int(parent) == os.getpid():
            found.add(int(name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_many_starts_leave_nothing_behind(scene, bench, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    ScriptSession("x = 1", scene).close()
    files, processes = os.listdir("/proc/self/fd"), children()
    shared = {name for name in os.listdir("/tmp") if "worker" in name} | set(os.listdir("/dev/shm"))
    for number in range(STARTS):
        session = ScriptSession("x = 1", scene)
        session.step(state_of(bench))
        if number % 3 == 1:
            session._worker.process.kill()
            with pytest.raises(ScriptError):
                session.step(state_of(bench))
        else:
            session.close()
    assert len(os.listdir("/proc/self/fd")) == len(files)
    assert children() == processes
    assert list(tmp_path.iterdir()) == []
    assert {name for name in os.listdir("/tmp") if "worker" in name} | set(os.listdir("/dev/shm")) == shared


@pytest.mark.skipif(sys.platform != "linux", reason="asks for PR_SET_PDEATHSIG")
def test_a_worker_ends_with_its_host():
    """Even in the middle of a step that never ends."""
    program = """
import os
from addon.executor import Budgets
from addon.executor.job import EMPTY_SCENE, start_message, step_message
from addon.executor.process import WorkerProcess
budgets = Budgets(ticks_step=10**12)
worker = WorkerProcess(budgets)
worker.start(start_message(EMPTY_SCENE, dt=1.0, seed=0, budgets=budgets))
worker.load("while True: pass")
body = step_message(1, b"", b"")
os.write(worker.process.stdin.fileno(), len(body).to_bytes(4, "little") + body)
print(worker.process.pid, flush=True)
os._exit(0)
"""
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    worker = int(answer.stdout)
    for _ in range(100):
        try:
            with open(f"/proc/{worker}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except FileNotFoundError:
            return
        time.sleep(0.05)
    pytest.fail("the worker outlived its host")
