"""What a confined process can still do, tried by code that runs free of the gate and the budgets."""

import errno
import json
import struct
import subprocess
import sys

import pytest

from addon.executor.launch import WORKER
from addon.executor.worker import confine

ATTEMPTS = {
    "read a file": "open(sys.executable, 'rb')",
    "read its own memory map": "open('/proc/self/maps')",
    "write a file": "open(folder + '/written', 'w')",
    "list a folder": "os.listdir('/')",
    "make a folder": "os.mkdir(folder + '/made')",
    "remove a file": "os.unlink(folder + '/kept')",
    "rename a file": "os.rename(folder + '/kept', folder + '/moved')",
    "link a file": "os.symlink('/', folder + '/link')",
    "run a program": "os.execv(folder + '/kept', ['kept'])",
    "look up a file": "os.stat(folder + '/kept')",
    "change a mode": "os.chmod(folder + '/kept', 0)",
    "connect": "socket.socket().connect(('127.0.0.1', 9))",
    "send a datagram": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "listen": "socket.socket().bind(('127.0.0.1', 0))",
    "open a pair of sockets": "socket.socketpair()",
    "fork": "os.fork() or os._exit(0)",
    "start a thread": "threading.Thread(target=int).start()",
    "signal its parent": "os.kill(os.getppid(), 0)",
    "raise its limits": "resource.setrlimit(resource.RLIMIT_CPU, (9, 9))",
    "take memory that can be executed": "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)",
    "take more memory than allowed": "bytearray(600 << 20)",
    "trace a process": "call(26 if os.uname().machine == 'x86_64' else 117, 0, 0, 0, 0) and fail()",
    "mount": "call(165 if os.uname().machine == 'x86_64' else 40, 0, 0, 0, 0) and fail()",
    "make an io_uring": "call(425, 0, 0, 0, 0) and fail()",
    "leave its name space": "call(272 if os.uname().machine == 'x86_64' else 97, 0x10000000, 0, 0, 0) and fail()",
    "become another user": "os.setuid(1)",
}
PROBE = """
import ctypes, json, mmap, os, resource, socket, sys, threading, errno
worker, folder, without, attempts = json.loads(sys.argv[1])
sys.path.insert(0, worker)
import confine
for name in without:
    setattr(confine, name, lambda *args: 0)
libc = ctypes.CDLL(None, use_errno=True)
def call(*args):
    return libc.syscall(*args)
def fail():
    raise OSError(ctypes.get_errno(), "")
layers, done = confine.confine(512, 60), {}
for what, code in attempts.items():
    try:
        eval(code)
        done[what] = None
    except OSError as error:
        done[what] = error.errno
    except (MemoryError, RuntimeError, ValueError) as error:
        done[what] = type(error).__name__
os.write(1, json.dumps([layers, done]).encode())
os._exit(0)
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="these layers are Linux's")


def probe(folder, *without, user=None):
    (folder / "kept").write_text("kept")
    (folder / "kept").chmod(0o700)
    argument = json.dumps([str(WORKER), str(folder), without, ATTEMPTS])
    command = [sys.executable, "-I", "-S", "-B", "-c", PROBE, argument]
    answer = subprocess.run(command, capture_output=True, timeout=60, cwd="/", user=user, check=False)
    assert answer.returncode == 0, answer.stderr.decode()
    return json.loads(answer.stdout)


def kernel_has(layer, folder):
    layers, _ = probe(folder)
    return any(name.startswith(layer) for name in layers)


def done(results):
    return [what for what, error in results.items() if error is None]


@linux
def test_nothing_can_be_done_outside_the_process(tmp_path):
    layers, results = probe(tmp_path)
    if "seccomp" not in layers:
        pytest.skip("this kernel has no seccomp")
    assert done(results) == []
    assert results["take more memory than allowed"] == "MemoryError"
    assert {p.name for p in tmp_path.iterdir()} == {"kept"}
    assert (tmp_path / "kept").read_text() == "kept"


@linux
def test_landlock_alone_keeps_files_and_connections_away(tmp_path):
    if not kernel_has("Landlock", tmp_path):
        pytest.skip("this kernel has no Landlock")
    layers, results = probe(tmp_path, "_seccomp")
    assert "seccomp" not in layers
    files = [what for what in ATTEMPTS if what.split()[-1] in ("file", "folder") and what != "look up a file"]
    assert [results[what] for what in [*files, "run a program"]] == [errno.EACCES] * (len(files) + 1)
    if int(next(name for name in layers if name.startswith("Landlock")).split()[1]) >= 4:
        assert results["connect"] == results["listen"] == errno.EACCES


@linux
def test_seccomp_alone_keeps_everything_away(tmp_path):
    layers, results = probe(tmp_path, "_landlock")
    if "seccomp" not in layers:
        pytest.skip("this kernel has no seccomp")
    assert not any(name.startswith("Landlock") for name in layers)
    assert done(results) == []


@linux
def test_a_layer_that_does_not_hold_is_not_named(tmp_path):
    layers, results = probe(tmp_path, "_landlock", "_seccomp")
    assert all(name.startswith("RLIMIT") for name in layers)
    assert "read a file" in done(results)
    assert results["take more memory than allowed"] == "MemoryError"
    assert results["write a file"] is None
    assert (tmp_path / "written").read_bytes() == b""


def run_filter(code, architecture, number, *args):
    """A BPF machine as far as these programs go; returns the filter's answer to a system call."""
    data = struct.pack("<IIQ6Q", number, architecture, 0, *args, *[0] * (6 - len(args)))
    position, value = 0, 0
    while True:
        operation, if_true, if_false, operand = code[position]
        position += 1
        if operation == 0x20:
            (value,) = struct.unpack_from("<I", data, operand)
        elif operation in (0x15, 0x45):
            met = value == operand if operation == 0x15 else value & operand
            position += if_true if met else if_false
        elif operation == 0x06:
            return operand


NUMBERS = {
    "x86_64": {"read": 0, "write": 1, "mmap": 9, "mprotect": 10, "open": 2, "execve": 59, "socket": 41, "clone": 56},
    "aarch64": {"read": 63, "write": 64, "mmap": 222, "mprotect": 226, "open": 56, "execve": 221, "socket": 198},
}


@pytest.mark.parametrize("machine", sorted(confine.MACHINES))
def test_the_filter_lets_through_what_computing_needs_and_no_more(machine):
    architecture, memory, allowed = confine.MACHINES[machine]
    code = confine._filter(architecture, memory, allowed)
    assert len(code) < 4096
    numbers = NUMBERS[machine]
    writable, executable = 0b011, 0b101
    for name in ("read", "write"):
        assert run_filter(code, architecture, numbers[name]) == confine.ALLOW
    for name in ("mmap", "mprotect"):
        assert run_filter(code, architecture, numbers[name], 0, 4096, writable) == confine.ALLOW
        assert run_filter(code, architecture, numbers[name], 0, 4096, executable) == confine.DENY
    let_through = {n for n in range(1024) if run_filter(code, architecture, n) == confine.ALLOW}
    assert let_through == {*allowed, *memory.values()}
    assert run_filter(code, architecture, 0x40000000) == confine.DENY  # x32, the other numbering of x86-64
    for other in (0x40000003, 0x40000028):  # i386 and arm
        assert run_filter(code, other, numbers["read"]) == confine.KILL
