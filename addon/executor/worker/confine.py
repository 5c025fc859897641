"""Giving up, for good, what a script's process does not need: files, network, other processes, more memory.

Every layer is tried, then tested: only what was seen to hold is named. Nothing here needs a program or a package.
"""

import contextlib
import ctypes
import errno
import os
import platform
import struct
import sys

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SECCOMP_MODE_FILTER = 2
SIGKILL = 9

LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF = 444, 446
LANDLOCK_VERSION = 1
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights over files each version of Landlock knows; later ones know no more."""

# What CPython needs to compute, to take memory, and to talk over the pipes that are open already.
MACHINES = {
    "x86_64": (
        0xC000003E,
        {"mmap": 9, "mprotect": 10},
        # read write close lseek munmap brk rt_sigaction rt_sigprocmask rt_sigreturn sched_yield mremap madvise getpid
        # exit gettimeofday futex restart_syscall clock_gettime exit_group getrandom
        (0, 1, 3, 8, 11, 12, 13, 14, 15, 24, 25, 28, 39, 60, 96, 202, 219, 228, 231, 318),
    ),
    "aarch64": (
        0xC00000B7,
        {"mmap": 222, "mprotect": 226},
        (63, 64, 57, 62, 215, 214, 134, 135, 139, 124, 216, 233, 172, 93, 169, 98, 128, 113, 94, 278),
    ),
}
PROT_EXEC = 4
ALLOW, KILL = 0x7FFF0000, 0x80000000
DENY = 0x00050000 | errno.EPERM


def confine(memory_mb, seconds):
    """Apply every layer that this system offers; returns the names of those that hold."""
    if sys.platform == "win32":
        return _limit_job(memory_mb)
    held = _limit_resources(memory_mb, seconds)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
        libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            version = _landlock(libc)
            if version and _is_denied(lambda: os.open("/", os.O_RDONLY)):
                held.append("Landlock %d" % version)
            if _seccomp(libc) and _is_denied(lambda: os.kill(os.getpid(), 0)):
                held.append("seccomp")
    return held


def _is_denied(attempt):
    try:
        attempt()
    except OSError as error:
        return error.errno in (errno.EPERM, errno.EACCES)
    return False


def _limit_resources(memory_mb, seconds):
    """Limits of memory, processor time, written files, core dumps and processes; the first and the last are tested."""
    try:
        import resource
    except ImportError:
        return []
    wanted = {
        "RLIMIT_AS": memory_mb << 20,
        "RLIMIT_CPU": int(seconds) + 1,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
    }
    held = []
    for name, value in wanted.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (value, value))
            held.append(name)
    if "RLIMIT_AS" in held and _can_take(memory_mb << 20):
        held.remove("RLIMIT_AS")  # macOS takes the limit and ignores it.
    if "RLIMIT_NPROC" in held and os.geteuid() == 0:
        held.remove("RLIMIT_NPROC")  # The system does not count the processes of its administrator.
    return held


def _can_take(size):
    """Whether so much memory is given; none of it is touched."""
    try:
        return len(bytes(size)) == size
    except MemoryError:
        return False


def _limit_job(memory_mb):
    """Put this process into a job that has no room for others and no desktop, and a limit of memory (Windows)."""
    kernel = ctypes.WinDLL("kernel32")
    for function in (kernel.CreateJobObjectW, kernel.GetCurrentProcess):
        function.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    # JOBOBJECT_EXTENDED_LIMIT_INFORMATION: the flags PROCESS_MEMORY, ACTIVE_PROCESS and DIE_ON_UNHANDLED_EXCEPTION,
    # one process, its memory; all else zero. Then JOBOBJECT_BASIC_UI_RESTRICTIONS: all of them.
    limits = struct.pack("<16xI4x16xI20x48xQ24x", 0x100 | 0x8 | 0x400, 1, memory_mb << 20)
    for kind, data in ((9, limits), (4, struct.pack("<I", 0xFF))):
        kernel.SetInformationJobObject(job, kind, data, len(data))
    kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
    return [] if _can_take(memory_mb << 20) else ["Job Object"]


def _landlock(libc):
    """Deny all files, TCP ports and, where they are known, signals and abstract sockets; returns Landlock's version."""
    version = libc.syscall(LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), LANDLOCK_VERSION)
    if version < 1:
        return 0
    rights = (1 << FILE_RIGHTS.get(version, 16)) - 1
    fields = [rights]
    if version >= 4:
        fields.append(0b11)
    if version >= 6:
        fields.append(0b11)
    attributes = struct.pack("<%dQ" % len(fields), *fields)
    rules = libc.syscall(LANDLOCK_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if rules < 0:
        return 0
    done = libc.syscall(LANDLOCK_RESTRICT_SELF, rules, 0)
    os.close(rules)
    return version if done == 0 else 0


def _seccomp(libc):
    """Let through the system calls that computing needs; all others fail with EPERM, without an effect.

    They are not answered with death, for a harmless call that a new version of Python makes should fail softly.
    """
    if platform.machine() not in MACHINES or sys.byteorder != "little" or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    code = _filter(*MACHINES[platform.machine()])
    buffer = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *line) for line in code))
    program = ctypes.create_string_buffer(struct.pack("<HxxxxxxQ", len(code), ctypes.addressof(buffer)))
    return libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0) == 0


def _filter(architecture, memory_calls, allowed):
    """A BPF program as lines (operation, jump if true, jump if false, operand)."""
    load, equal, bits, answer = 0x20, 0x15, 0x45, 0x06
    code = [(load, 0, 0, 4), (equal, 1, 0, architecture), (answer, 0, 0, KILL), (load, 0, 0, 0)]
    for number in allowed:
        code += [(equal, 0, 1, number), (answer, 0, 0, ALLOW)]
    # Memory, but none that can be executed: its protection is the third argument.
    for number in memory_calls.values():
        code += [
            (equal, 0, 4, number),
            (load, 0, 0, 16 + 8 * 2),
            (bits, 0, 1, PROT_EXEC),
            (answer, 0, 0, DENY),
            (answer, 0, 0, ALLOW),
        ]
    return [*code, (answer, 0, 0, DENY)]
