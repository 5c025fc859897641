import json
import os
import sys
import time

import pytest

from addon.ui import notice

HOSTILE = "-e '$(touch gone)' \"; rm -rf `x`\n\0<b>&\\ öé雨"
SHOWN = "-e '$(touch gone)' \"; rm -rf `x` <b>&\\ öé雨"
ESCAPED = "-e &#x27;$(touch gone)&#x27; &quot;; rm -rf `x` &lt;b&gt;&amp;\\ öé雨"
FAKE = """#!{python}
import json, os, sys
told = {{name: value for name, value in os.environ.items() if name.startswith("CDYN_")}}
part = {path!r} + ".part"
with open(part, "w") as stream:
    json.dump([sys.argv[1:], told], stream)
os.rename(part, {path!r})
"""


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder that is all of PATH; gives a function that adds a program which keeps what it is called with."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/no/bus")

    def add(name, code=FAKE):
        (folder / name).write_text(code.format(python=sys.executable, path=str(tmp_path / f"{name}.json")))
        (folder / name).chmod(0o755)
        return tmp_path / f"{name}.json"

    yield add
    while notice._sent:
        notice._sent.pop().wait(20)


def heard(path, seconds=20):
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    return json.loads(path.read_text())


@pytest.mark.skipif(sys.platform == "win32", reason="programs are scripts")
class TestNotify:
    @pytest.mark.parametrize(
        ("sound", "hint"), [(False, "boolean:suppress-sound:true"), (True, "string:sound-name:complete")]
    )
    def test_linux_shows_it_with_notify_send(self, programs, monkeypatch, sound, hint):
        monkeypatch.setattr(sys, "platform", "linux")
        path = programs("notify-send")
        notice.notify(HOSTILE, HOSTILE, sound)
        arguments = heard(path)[0]
        assert arguments[-3:] == ["--", SHOWN, ESCAPED]
        assert arguments[arguments.index("--hint") + 1] == hint

    def test_linux_without_notify_send_asks_the_session(self, programs, monkeypatch):
        monkeypatch.setattr(sys, "platform", "linux")
        path = programs("gdbus")
        notice.notify(HOSTILE, HOSTILE)
        *_, title, text, actions, hints, seconds = heard(path)[0]
        assert [json.loads(title), json.loads(text)] == [SHOWN, ESCAPED]
        assert (actions, hints, seconds) == ("[]", "{'suppress-sound': <true>}", "-1")

    def test_macos_gets_texts_as_arguments(self, programs, monkeypatch):
        monkeypatch.setattr(sys, "platform", "darwin")
        path = programs("osascript")
        notice.notify(HOSTILE, HOSTILE)
        flag, script, *texts = heard(path)[0]
        assert (flag, texts) == ("-e", ["--", SHOWN, SHOWN])
        assert script == notice.BANNER.format(sound="")

    def test_windows_gets_texts_in_the_environment(self, programs, monkeypatch):
        path = programs("powershell")
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(notice.subprocess, "CREATE_NO_WINDOW", 0, raising=False)
        notice.notify(HOSTILE, HOSTILE)
        arguments, told = heard(path)
        assert arguments[-1] == notice.TOAST
        assert told == {"CDYN_TITLE": SHOWN, "CDYN_TEXT": SHOWN, "CDYN_SILENT": "true"}

    def test_nothing_is_told_where_there_is_nothing_that_shows_it(self, programs, monkeypatch):
        for platform in ("linux", "darwin"):
            monkeypatch.setattr(sys, "platform", platform)
            notice.notify("title", "text")
        assert not notice._sent

    def test_nothing_is_told_without_a_session(self, programs, monkeypatch):
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
        monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
        path = programs("notify-send")
        notice.notify("title", "text")
        assert not notice._sent
        assert not path.exists()

    @pytest.mark.parametrize(
        ("owner", "focus"),
        [("_NET_WM_PID(CARDINAL) = {}", True), ("_NET_WM_PID(CARDINAL) = 1", False), ("not found.", None)],
    )
    def test_x11_tells_who_has_the_focus(self, programs, monkeypatch, owner, focus):
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setenv("DISPLAY", ":9")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        told = owner.format(os.getpid())
        programs(
            "xprop",
            "#!{python}\nimport sys\n"
            "print('_NET_ACTIVE_WINDOW(WINDOW): window id # 0x3a00007' if '-root' in sys.argv else "
            + repr(told)
            + ")\n",
        )
        assert notice.has_focus() is focus
        assert notice.is_due(1.0) is (focus is False)
        assert notice.is_due(100.0) is (focus is not True)

    def test_where_the_focus_cannot_be_known_long_work_is_told(self, programs, monkeypatch):
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setenv("DISPLAY", ":9")
        assert notice.has_focus() is None
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        assert notice.has_focus() is None
        assert not notice.is_due(notice.LONG - 1.0)
        assert notice.is_due(notice.LONG)


def test_long_texts_are_cut():
    assert notice._plain("x" * 500) == "x" * (notice.MOST - 1) + "…"
