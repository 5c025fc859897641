"""Both ways to talk to a worker: pipes that can be waited for, and pipes that a thread watches over."""

import os
import signal
import subprocess
import sys

import pytest

from addon.executor import Budgets, ScriptError, ScriptSession
from addon.executor.channel import Channel, WatchedChannel
from addon.executor.deadline import WAITING, Deadline
from addon.executor.launch import started
from addon.executor.memory import memory_of
from addon.executor.process import WorkerProcess
from addon.scene_graph import StepState

PROGRAM = """
import os, sys, time
def read():
    length = int.from_bytes(sys.stdin.buffer.read(4), "little")
    return sys.stdin.buffer.read(length)
def write(body):
    sys.stdout.buffer.write(len(body).to_bytes(4, "little") + body)
    sys.stdout.buffer.flush()
kept = []
while True:
    body = read()
    if body == b"hang":
        time.sleep(60)
    elif body == b"end":
        os._exit(3)
    elif body == b"hold":
        kept.append(bytearray(b"x") * (100 << 20))
        time.sleep(60)
    write(body)
"""


class Holder(WorkerProcess):
    """A worker that starts as it should and then takes memory."""

    def launch(self):
        start = "write(read() and b'{\"layers\": []}'); write(read() and b'{}'); read(); body = b'hold'"
        program = PROGRAM.replace("while True:\n    body = read()", start + "\nwhile True:")
        return started([sys.executable, "-I", "-S", "-c", program])


BOTH = pytest.mark.parametrize("kind", [Channel, WatchedChannel])


@pytest.fixture
def connect():
    """Opens a channel to a process that answers with what it was sent."""
    opened = []

    def connect(kind, most=1 << 22):
        command = [sys.executable, "-I", "-S", "-c", PROGRAM]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        channel = kind(process, most)
        opened.append((process, channel))
        return process, channel

    yield connect
    for process, channel in opened:
        process.kill()
        process.wait()
        channel.close()


def soon(seconds=20.0):
    return Deadline(os.getpid(), seconds / WAITING)


@BOTH
def test_short_and_long_messages_come_back_whole(connect, kind):
    _, channel = connect(kind)
    for body in (b"", b"a", os.urandom(300_000), b"b" * (1 << 22)):
        assert channel.exchange(body, soon()) == body


@BOTH
def test_silence_ends_at_the_deadline(connect, kind):
    process, channel = connect(kind)
    with pytest.raises(TimeoutError):
        channel.exchange(b"hang", soon(0.2))
    process.kill()
    process.wait()
    with pytest.raises((TimeoutError, EOFError)):
        channel.exchange(b"a", soon())


@BOTH
def test_a_process_that_does_not_read_ends_at_the_deadline(connect, kind):
    process, channel = connect(kind)
    os.kill(process.pid, signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        channel.exchange(bytes(1 << 22), soon(0.2))


@BOTH
def test_an_end_is_told(connect, kind):
    _, channel = connect(kind)
    with pytest.raises(EOFError):
        channel.exchange(b"end", soon())
    with pytest.raises(EOFError):
        channel.exchange(b"a" * (1 << 20), soon())


@BOTH
def test_a_long_answer_is_not_read(connect, kind):
    _, channel = connect(kind, most=100)
    assert channel.exchange(b"a" * 100, soon()) == b"a" * 100
    with pytest.raises(OverflowError):
        channel.exchange(b"a" * 101, soon())


@BOTH
@pytest.mark.skipif(memory_of(os.getpid()) is None, reason="this system does not tell")
def test_memory_is_watched(connect, kind):
    _, channel = connect(kind)
    assert channel.limit_memory(60)
    assert channel.exchange(b"a", soon()) == b"a"
    with pytest.raises(MemoryError):
        channel.exchange(b"hold", soon())


def test_memory_of_a_process():
    known = memory_of(os.getpid())
    if sys.platform in ("linux", "darwin", "win32"):
        held = bytearray(b"x") * (64 << 20)
        assert memory_of(os.getpid()) - known > 50 << 20
        del held


@BOTH
def test_where_the_system_holds_no_memory_the_host_does(scene, bench, monkeypatch, kind):
    """As on macOS: nothing that the worker named holds memory, and its process takes 100 MB within a step."""
    monkeypatch.setattr("addon.executor.process.open_channel", kind)
    monkeypatch.setattr("addon.executor.process.MEMORY_HELD", set())
    monkeypatch.setattr("addon.executor.session.WorkerProcess", Holder)
    with ScriptSession("x = 1", scene, budgets=Budgets(memory_mb=60)) as session:
        assert "memory watched by the host" in session.layers
        with pytest.raises(ScriptError, match=r"60 MB \(memory_mb\)") as caught:
            step(session, bench)
    assert caught.value.kind == "limit"


def test_a_session_by_way_of_a_watching_thread(scene, bench, monkeypatch):
    monkeypatch.setattr("addon.executor.process.open_channel", WatchedChannel)
    bench.run("import bpy\nbpy.data.objects['Sphere'].location.x += 1", steps=20)
    assert bench.at("Sphere")[0] == 20
    budgets = Budgets(ticks_step=10**9, seconds_step=0.3)
    with pytest.raises(ScriptError, match=r"0.3 s \(seconds_step\)"):
        bench.run("while True: pass", budgets=budgets)
    session = ScriptSession("x = 1", scene)
    session._worker.process.kill()
    with pytest.raises(ScriptError, match="it was killed"):
        step(session, bench)


def step(session, bench):
    session.step(StepState(1, *(a.copy() for a in bench.arrays.values())))
