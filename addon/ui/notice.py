"""Telling outside of Blender that work has ended, with what the system itself offers: silently nothing where that is
nothing.

Texts go as arguments, as escaped markup or in the environment, so that no name in them is ever a part of a program.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from html import escape
from pathlib import Path

LONG = 20.0
"""Seconds after which whoever started something may have gone elsewhere, where it cannot be known."""

MOST = 200
"""Letters of a text that are told."""

APP = "Blender"
ASK_SECONDS = 1.0

BANNER = """on run argv
display notification (item 2 of argv) with title (item 1 of argv){sound}
end run"""
"""AppleScript."""

TOAST = r"""$ErrorActionPreference = 'Stop'
$null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$null = [Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom.XmlDocument, ContentType = WindowsRuntime]
$toast = New-Object Windows.Data.Xml.Dom.XmlDocument
$toast.LoadXml('<toast><visual><binding template="ToastGeneric"><text/><text/></binding></visual><audio/></toast>')
$null = $toast.GetElementsByTagName('text').Item(0).AppendChild($toast.CreateTextNode($env:CDYN_TITLE))
$null = $toast.GetElementsByTagName('text').Item(1).AppendChild($toast.CreateTextNode($env:CDYN_TEXT))
$toast.GetElementsByTagName('audio').Item(0).SetAttribute('silent', $env:CDYN_SILENT)
$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe'
$new = New-Object Windows.UI.Notifications.ToastNotification $toast
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($app).Show($new)"""
"""PowerShell; Windows shows toasts only of programs that it knows, as PowerShell itself."""

_sent: list[subprocess.Popen[bytes]] = []


def is_due(seconds: float) -> bool:
    """Whether the end of work that took so long is to be told: where Blender has no focus, or it may have none."""
    focus = has_focus()
    return seconds >= LONG if focus is None else not focus


def has_focus() -> bool | None:
    """Whether a window of this process has the keyboard; None where the system does not say, as on Wayland."""
    if sys.platform == "win32":
        import ctypes

        process = ctypes.c_ulong()
        window = ctypes.windll.user32.GetForegroundWindow()
        ctypes.windll.user32.GetWindowThreadProcessId(window, ctypes.byref(process))
        return process.value == os.getpid()
    if not os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return None
    window = _of_x11("-root", "_NET_ACTIVE_WINDOW")
    owner = _of_x11("-id", window, "_NET_WM_PID") if window is not None else None
    return int(owner, 0) == os.getpid() if owner is not None else None


def _of_x11(*arguments: str) -> str | None:
    """A number that X11 knows of a window."""
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(["xprop", *arguments], capture_output=True, text=True, timeout=ASK_SECONDS, check=False)
        found = re.search(r"[#=] (0x[0-9a-f]+|\d+)\s*$", done.stdout)
        return found[1] if found else None
    return None


def notify(title: str, text: str, sound: bool = False) -> None:
    """Show a notification, and do not wait for it."""
    title, text = _plain(title), _plain(text)
    command = _command(title, text, sound)
    if command is None:
        return
    told = {"CDYN_TITLE": title, "CDYN_TEXT": text, "CDYN_SILENT": "false" if sound else "true"}
    _sent[:] = [process for process in _sent if process.poll() is None]
    flags = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
    with suppress(OSError):
        _sent.append(
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **told},
                creationflags=flags,
            )
        )


def _plain(text: str) -> str:
    """A text in one line that is not too long."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= MOST else line[: MOST - 1] + "…"


def _command(title: str, text: str, sound: bool) -> list[str] | None:
    """The program that shows it; None where there is none."""
    if sys.platform == "win32":
        return ["powershell", "-NoProfile", "-NonInteractive", "-Command", TOAST]
    if sys.platform == "darwin":
        script = BANNER.format(sound=' sound name "default"' if sound else "")
        return ["osascript", "-e", script, "--", title, text]
    if not _has_bus():
        return None
    if shutil.which("notify-send"):
        hint = "string:sound-name:complete" if sound else "boolean:suppress-sound:true"
        return ["notify-send", "--app-name", APP, "--icon", "blender", "--hint", hint, "--", title, escape(text)]
    if shutil.which("gdbus"):
        hints = "{'sound-name': <'complete'>}" if sound else "{'suppress-sound': <true>}"
        told = [json.dumps(part, ensure_ascii=False) for part in (title, escape(text))]
        call = ["gdbus", "call", "--session", "--dest", "org.freedesktop.Notifications"]
        call += ["--object-path", "/org/freedesktop/Notifications", "--method", "org.freedesktop.Notifications.Notify"]
        return [*call, "--", APP, "0", "blender", *told, "[]", hints, "-1"]
    return None


def _has_bus() -> bool:
    """Whether there is a desktop session that is listening."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or (bool(folder) and (Path(folder) / "bus").exists())
