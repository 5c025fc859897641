"""How much memory a process holds, as the system tells its parent."""

from __future__ import annotations

import ctypes
import struct
import sys


def memory_of(pid: int) -> int | None:
    """Bytes that a process holds, or None where the system does not tell."""
    try:
        if sys.platform == "linux":
            return _linux(pid)
        if sys.platform == "darwin":
            return _macos(pid)
        if sys.platform == "win32":
            return _windows(pid)
    except (OSError, AttributeError, ValueError, IndexError):
        pass
    return None


def _linux(pid: int) -> int:
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
        lines = dict(line.split(":", 1) for line in file)
    return int(lines["VmRSS"].split()[0]) * 1024 if "VmRSS" in lines else 0


def _macos(pid: int) -> int | None:
    """``ri_phys_footprint`` of ``rusage_info_v0``, as the activity monitor shows it."""
    buffer = ctypes.create_string_buffer(96)
    if ctypes.CDLL(None).proc_pid_rusage(pid, 0, buffer) != 0:
        return None
    (footprint,) = struct.unpack_from("<Q", buffer, 16 + 7 * 8)
    return int(footprint)


def _windows(pid: int) -> int | None:
    """``PrivateUsage`` of ``PROCESS_MEMORY_COUNTERS_EX``."""
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(kernel.OpenProcess(0x1000 | 0x0010, False, pid))
    if not handle:
        return None
    try:
        buffer = ctypes.create_string_buffer(80)
        if not kernel.K32GetProcessMemoryInfo(handle, buffer, len(buffer)):
            return None
        (private,) = struct.unpack_from("<Q", buffer, 72)
        return int(private)
    finally:
        kernel.CloseHandle(handle)
