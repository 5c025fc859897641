import pytest

from addon.coder import choose
from addon.models.local import LocalServer, ServerError


def test_a_model_that_is_not_fetched_is_told_before_the_job(monkeypatch, tmp_path):
    monkeypatch.setattr("addon.models.local.server.model_path", lambda: tmp_path / "missing.gguf")
    with pytest.raises(ServerError, match="model fetch"), choose.open_coder("local"):
        pass


def test_the_server_starts_with_the_first_request(monkeypatch, tmp_path):
    (tmp_path / "model.gguf").touch()
    monkeypatch.setattr("addon.models.local.server.model_path", lambda: tmp_path / "model.gguf")
    started = []
    monkeypatch.setattr(LocalServer, "__enter__", lambda self: started.append("start") or self)
    monkeypatch.setattr(LocalServer, "__exit__", lambda self, *_: started.append("end"))
    monkeypatch.setattr(choose.OpenAIChat, "complete", lambda self, request, on_text=None: started.append("ask"))
    monkeypatch.setattr(choose, "RuleCoder", lambda chat: chat)
    monkeypatch.setattr(choose, "PrimedChat", lambda chat: chat)
    with choose.open_coder("local") as chat:
        assert started == []
        chat.complete(None)
        chat.complete(None)
    assert started == ["start", "ask", "ask", "end"]


def test_a_model_that_is_in_memory_already_is_asked(monkeypatch):
    asked = []
    monkeypatch.setattr(choose.OpenAIChat, "complete", lambda self, request, on_text=None: asked.append(self))
    monkeypatch.setattr(choose, "RuleCoder", lambda chat: chat)
    monkeypatch.setattr(choose, "PrimedChat", lambda chat: chat)
    with choose.open_coder("local", served="http://127.0.0.1:9/v1") as chat:
        chat.complete(None)
    assert asked == [chat]
