import json
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from addon.ui import process
from addon.ui.process import LINES_A_TICK, ChildProcess

ROOT = Path(__file__).parents[2]
SECONDS = 20


def child(folder, code, listens=True):
    return ChildProcess([sys.executable, "-c", code], folder, dict(os.environ), listens=listens)


def until(condition):
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_lines_come_whole_and_in_order(tmp_path):
    code = """
import sys, time
sys.stdout.write('{"a": 1}\\nno json\\n[1]\\n{"b"'); sys.stdout.flush()
time.sleep(0.3)
sys.stdout.write(': 2}\\n'); sys.stdout.flush()
sys.stderr.write('first\\nlast words\\n')
"""
    started, found = child(tmp_path, code), []
    until(lambda: found.extend(started.lines()) or len(found) == 2)
    assert found == [{"a": 1}, {"b": 2}]
    until(lambda: not started.running)
    assert (started.code, started.last_words()) == (0, "last words")
    started.close()


def test_a_chatty_child_is_heard_bit_by_bit(tmp_path):
    started = child(tmp_path, "for k in range(500): print('{\"k\": %d}' % k)")
    until(lambda: not started.running)
    sizes, found = [], []
    while lines := started.lines():
        sizes.append(len(lines))
        found += lines
    assert max(sizes) == LINES_A_TICK
    assert [line["k"] for line in found] == list(range(500))
    started.close()


LISTENING = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
import bpy
from addon.ui.parent import ending_with_parent
with ending_with_parent():
"""

FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
print('{"child": %d}' % child.pid, flush=True)
"""


@pytest.fixture
def ending(monkeypatch):
    """Children that are told to end, of which none is left afterwards."""
    monkeypatch.setattr(process, "GRACE", 0.2)
    yield process._ending
    until(lambda: not process.reap())


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX")
def test_a_child_that_listens_ends_by_itself_with_its_own_children(tmp_path, monkeypatch):
    started, found = child(tmp_path, LISTENING + textwrap.indent(FAMILY + "time.sleep(600)", "    ")), []
    until(lambda: found.extend(started.lines()) or found)
    started.end()
    until(lambda: not started.running)
    assert started.code == 1
    until(lambda: _is_gone(found[0]["child"]))
    assert not process.reap()


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX")
@pytest.mark.parametrize("listens", [True, False])
def test_a_deaf_child_is_killed_with_its_own_children(tmp_path, ending, listens):
    started, found = child(tmp_path, FAMILY + "time.sleep(600)", listens), []
    until(lambda: found.extend(started.lines()) or found)
    begun = time.monotonic()
    started.end()
    assert time.monotonic() - begun < 1.0
    assert bool(ending) is listens
    until(lambda: process.reap() is False and not started.running)
    until(lambda: _is_gone(found[0]["child"]))


def test_a_child_whose_input_stays_open_ends_as_it_should(tmp_path):
    started = child(tmp_path, LISTENING + "    time.sleep(0.2)\nsys.exit(3)")
    until(lambda: not started.running)
    assert started.code == 3
    started.close()


def _is_gone(process):
    try:
        with open(f"/proc/{process}/stat") as stream:
            return stream.read().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def test_a_child_notices_that_its_parent_has_gone(tmp_path):
    started = child(tmp_path, "import sys; sys.stdin.read(); print('{\"end\": true}')")
    assert started.running
    started._process.stdin.close()
    until(lambda: not started.running)
    assert json.loads((tmp_path / "output.jsonl").read_text()) == {"end": True}


WAKING = f"""
import signal, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
import bpy
from addon.ui.process import ChildProcess
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
child = ChildProcess([sys.executable, '-c', ''], Path(sys.argv[1]), {{}})
child._process.wait()
child.wake()
child.wake()
child.close()
print(signal.SIGPIPE in signal.pthread_sigmask(signal.SIG_BLOCK, ()))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGPIPE is POSIX")
def test_waking_a_child_that_has_gone_does_not_end_a_process_that_pipes_may_end(tmp_path):
    done = subprocess.run([sys.executable, "-c", WAKING, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "False")


def test_a_program_that_is_not_there_is_told(tmp_path):
    with pytest.raises(OSError, match="no_such_program"):
        ChildProcess(["no_such_program"], tmp_path, {})
