import pytest

from addon.coder import CoderError, CodingRequest, RuleCoder, WholeCoder, choose
from addon.models.local import LocalServer, ServerError
from addon.rules.room import room


def test_a_model_that_is_not_fetched_is_told_when_it_is_needed(monkeypatch, tmp_path):
    monkeypatch.setattr("addon.models.local.server.model_path", lambda: tmp_path / "missing.gguf")
    with choose.open_coder("local") as coder:
        assert "touched" in coder.write(CodingRequest(room(), "", rules=("When Ball touches Plate, open Door",))).script
        with pytest.raises(ServerError, match="model fetch"):
            coder.write(CodingRequest(room(), "", rules=("ball, plate: door",)))


def test_the_server_starts_with_the_first_request(monkeypatch, tmp_path):
    (tmp_path / "model.gguf").touch()
    monkeypatch.setattr("addon.models.local.server.model_path", lambda: tmp_path / "model.gguf")
    started = []
    monkeypatch.setattr(LocalServer, "__enter__", lambda self: started.append("start") or self)
    monkeypatch.setattr(LocalServer, "__exit__", lambda self, *_: started.append("end"))
    monkeypatch.setattr(choose.OpenAIChat, "complete", lambda self, request, on_text=None: started.append("ask"))
    monkeypatch.setattr(choose, "RuleCoder", lambda name, model, choose, aim: choose)
    monkeypatch.setattr(choose, "Chooser", lambda chat, model: chat)
    with choose.open_coder("local") as chat:
        assert started == []
        chat.complete(None)
        chat.complete(None)
    assert started == ["start", "ask", "ask", "end"]


def test_an_endpoint_is_asked_for_the_whole_script(monkeypatch):
    monkeypatch.setenv("OPENAI_MODEL", "big")
    with choose.open_coder("openai") as coder:
        assert isinstance(coder, RuleCoder)
        assert isinstance(coder._free, WholeCoder)
        assert (coder.name, coder.model) == ("openai", "big")


def test_no_model_is_asked_by_the_coders_without_one():
    for name in ("template", "chance"):
        with choose.open_coder(name) as coder:
            assert (coder.name, coder.model, coder._choose, coder._free) == (name, None, None, None)


def test_rules_that_words_settle_start_no_server(monkeypatch, tmp_path, scene):
    (tmp_path / "model.gguf").touch()
    monkeypatch.setattr("addon.models.local.server.model_path", lambda: tmp_path / "model.gguf")
    monkeypatch.setattr(LocalServer, "__enter__", lambda self: pytest.fail("the server was started"))
    graph = scene({"Ball": True, "Plate": None, "Door": None})
    with choose.open_coder("local") as coder:
        result = coder.write(CodingRequest(graph, "", ("When Ball touches Plate, open Door.",)))
    assert (result.requests, result.understood[0].way) == (0, "words")


@pytest.mark.parametrize("name", ["bogus", "", "paste:", "script:", "paste", "script", "OPENAI", "local:x"])
def test_a_coder_that_is_none_is_told(name):
    with pytest.raises(CoderError, match="there is no coder") as caught:
        choose.resolve(name)
    assert caught.value.is_input


def test_a_script_that_cannot_be_read_is_told_before_the_job(tmp_path):
    (tmp_path / "binary.py").write_bytes(b"\xff\xfe\x00")
    for name in ("missing.py", "binary.py", "."):
        with pytest.raises(CoderError) as caught, choose.open_coder(f"script:{tmp_path / name}"):
            pass
        assert caught.value.is_input


def test_a_model_that_is_in_memory_already_is_asked(monkeypatch):
    asked = []
    monkeypatch.setattr(choose.OpenAIChat, "complete", lambda self, request, on_text=None: asked.append(self))
    monkeypatch.setattr(choose, "RuleCoder", lambda name, model, choose, aim: choose)
    monkeypatch.setattr(choose, "Chooser", lambda chat, model: chat)
    with choose.open_coder("local", served="http://127.0.0.1:9/v1") as chat:
        chat.complete(None)
    assert asked == [chat]
