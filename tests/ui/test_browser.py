import threading
import webbrowser

from addon.ui import browser


def test_nothing_waits_for_a_browser(tmp_path, monkeypatch):
    go, seen, is_open = threading.Event(), [], threading.Event()

    def start(address):
        go.wait(60)
        seen.append((address, threading.current_thread().daemon))
        is_open.set()

    monkeypatch.setattr(webbrowser, "open", start)
    browser.show(tmp_path / "a page.html")
    assert not seen
    go.set()
    assert is_open.wait(60)
    assert seen == [((tmp_path / "a page.html").as_uri(), True)]
