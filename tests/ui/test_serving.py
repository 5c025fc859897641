"""The local model that the window keeps, with a process that says what the real one says."""

import json
import os
import sys
import time
from types import SimpleNamespace

import pytest

from addon.ui import serving
from addon.ui.readings import Told
from addon.ui.session import SESSION, Work

ADDRESS = "http://127.0.0.1:1234/v1"
SERVER = f"print({json.dumps({'phase': 'serve', 'note': ADDRESS})!r}, flush=True); import sys; sys.stdin.read()"
ASKED, READ = Told("", "nothing is known of 'plops'", ("plops",), (), True), Told("once …")


@pytest.fixture
def chosen(monkeypatch):
    """The preferences."""
    found = SimpleNamespace(model_minutes=10)
    monkeypatch.setattr(serving, "preferences", lambda: found)
    monkeypatch.setattr(serving, "environment", lambda context: dict(os.environ))
    monkeypatch.setattr(serving, "child_command", lambda folder: [sys.executable, "-c", SERVER])
    monkeypatch.setattr(serving, "chosen_coder", lambda context: "local")
    monkeypatch.setattr(serving, "model_is_fetched", lambda: True)
    monkeypatch.setattr(serving, "texts_of", lambda scene: ["a", "b", "c"])
    monkeypatch.setattr(serving, "told", lambda scene, text: {"a": ASKED, "b": READ}.get(text))
    yield found
    SESSION.stop_server()
    serving.unregister()


CONTEXT = SimpleNamespace(scene=None)


def until_served(seconds=20):
    end = time.monotonic() + seconds
    while not SESSION.server_address:
        assert time.monotonic() < end
        serving._watch()
        time.sleep(0.02)


def test_the_model_is_started_by_the_first_rule_that_is_put_to_it_and_stays(chosen):
    first = serving.serving(CONTEXT)
    server = SESSION.server
    assert first["served"] == ""
    assert first["server"] == str(server.folder)
    until_served()
    second = serving.serving(CONTEXT)
    assert SESSION.server is server
    assert second["served"] == ADDRESS
    assert 0 < second["expected"] < first["expected"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("chosen_coder", lambda context: "template"),
        ("model_is_fetched", lambda: False),
        ("told", lambda scene, text: READ),
        ("told", lambda scene, text: None),
        ("told", lambda scene, text: Told("", "Ball has no body")),
    ],
)
def test_the_model_is_not_started_where_it_is_not_asked(chosen, monkeypatch, name, value):
    monkeypatch.setattr(serving, name, value)
    assert serving.serving(CONTEXT) == {"served": "", "server": "", "expected": 0.0}
    assert SESSION.server is None


def test_an_idle_model_is_let_go_and_one_that_is_used_is_not(chosen, monkeypatch):
    serving.start(CONTEXT)
    until_served()
    server, now = SESSION.server, time.monotonic()
    monkeypatch.setattr(serving.time, "monotonic", lambda: now + 500)
    assert serving._watch() == serving.REST
    monkeypatch.setattr(SESSION, "work", Work(server, lambda result: None))
    monkeypatch.setattr(serving.time, "monotonic", lambda: now + 900)
    assert serving._watch() == serving.REST
    monkeypatch.setattr(SESSION, "work", None)
    monkeypatch.setattr(serving.time, "monotonic", lambda: now + 1499)
    assert serving._watch() == serving.REST
    monkeypatch.setattr(serving.time, "monotonic", lambda: now + 1500)
    assert serving._watch() is None
    assert (SESSION.server, SESSION.server_address) == (None, "")


def test_a_model_that_ended_is_started_again(chosen, monkeypatch):
    serving.start(CONTEXT)
    first = SESSION.server
    first.kill()
    while first.running:
        time.sleep(0.02)
    assert serving._watch() is None
    serving.start(CONTEXT)
    assert SESSION.server not in (None, first)


def test_what_writing_still_takes_is_told_to_the_next_five_seconds(chosen):
    serving.start(CONTEXT)
    work = Work(SESSION.server, lambda result: None, expected=18.0)
    assert work.seconds_about == 20
    work.started -= 9.0
    assert work.seconds_about == 10
    work.take({"phase": "script"})
    assert work.seconds_about == 10
    work.take({"phase": "run"})
    assert work.seconds_about == 0
    work.phase, work.started = "script", work.started - 60.0
    assert work.seconds_about == 0
