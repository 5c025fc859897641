import math
import socket

import pytest

from addon.models import ChatRequest, Message, ModelError, OpenAIChat, Patience

KEY = "sk-very-secret-0123456789"
REQUEST = ChatRequest("tiny", (Message("user", "hello"),), {"temperature": 0.0, "extra_body": {"cache_prompt": False}})


@pytest.fixture
def chat(endpoint):
    waits = []
    patience = Patience(connect=2.0, silence=0.3, total=5.0, retries=2, backoff=1.0)
    client = OpenAIChat(endpoint.url, KEY, patience=patience, sleep=waits.append)
    client.waits = waits
    return client


def failure(chat, request=REQUEST):
    with pytest.raises(ModelError) as caught:
        chat.complete(request)
    assert KEY not in str(caught.value)
    assert KEY not in repr(caught.value)
    return caught.value


def test_streams_and_counts(endpoint, chat):
    endpoint.plan = [endpoint.stream("def ", "f(): ", "pass")]
    seen = []
    answer = chat.complete(REQUEST, seen.append)
    assert seen == ["def ", "f(): ", "pass"]
    assert (answer.text, answer.finish_reason) == ("def f(): pass", "stop")
    assert (answer.prompt_tokens, answer.completion_tokens) == (11, 7)
    sent = endpoint.requests[0]
    assert sent["cache_prompt"] is False
    assert sent["temperature"] == 0.0
    assert sent["model"] == "tiny"
    assert endpoint.headers[0]["authorization"] == f"Bearer {KEY}"


def test_how_likely_an_answer_is_is_told_where_the_endpoint_tells_it(endpoint, chat):
    endpoint.plan = [endpoint.stream("yes", " sir", odds=(-0.5, -0.2)), endpoint.stream("yes")]
    assert chat.complete(REQUEST).probability == pytest.approx(math.exp(-0.7), abs=1e-4)
    assert chat.complete(REQUEST).probability is None


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        (401, f"Incorrect API key provided: {KEY}", "key"),
        (403, "forbidden", "key"),
        (404, "The model 'tiny' does not exist", "model"),
        (400, "This model's maximum context length is 10 tokens", "context"),
        (400, "request (9000 tokens) exceeds the available context size (8192 tokens)", "context"),
        (400, "bad temperature", "request"),
    ],
)
def test_refusals_are_told_and_not_repeated(endpoint, chat, code, message, kind):
    endpoint.plan = [endpoint.status(code, message)]
    error = failure(chat)
    assert error.kind == kind
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("code", [429, 500, 503])
def test_busy_endpoints_are_asked_again_with_growing_waits(endpoint, chat, code):
    endpoint.plan = [endpoint.status(code, "busy"), endpoint.status(code, "busy"), endpoint.stream("x = 1")]
    assert chat.complete(REQUEST).text == "x = 1"
    assert chat.waits == [1.0, 2.0]


def test_retries_are_bounded(endpoint, chat):
    endpoint.plan = [endpoint.status(503, "loading")]
    assert failure(chat).kind == "busy"
    assert len(endpoint.requests) == 3


def test_used_up_quota_is_not_asked_again(endpoint, chat):
    endpoint.plan = [endpoint.status(429, "You exceeded your current quota")]
    assert failure(chat).kind == "busy"
    assert len(endpoint.requests) == 1


def test_refused_connection(chat):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chat.base_url = f"http://127.0.0.1:{port}/v1"
    error = failure(chat)
    assert error.kind == "connection"
    assert str(port) in error.reason
    assert chat.waits == [1.0, 2.0]


def test_silence_is_a_time_out(endpoint, chat):
    endpoint.plan = [endpoint.stream(hang=True)]
    assert failure(chat).kind == "timeout"
    assert len(endpoint.requests) == 1


def test_silence_in_mid_answer_is_a_time_out(endpoint, chat):
    endpoint.plan = [endpoint.stream("def f(", hang=True)]
    assert failure(chat).kind == "timeout"


def test_an_endless_answer_is_a_time_out(endpoint, chat):
    chat.patience = Patience(total=0.0, retries=0)
    endpoint.plan = [endpoint.stream("a", "b")]
    assert failure(chat).kind == "timeout"


def test_a_dropped_line(endpoint, chat):
    endpoint.plan = [endpoint.stream("def f(", cut=True)]
    assert failure(chat).kind == "connection"
    assert len(endpoint.requests) == 1


def test_truncated_and_empty_answers(endpoint, chat):
    endpoint.plan = [endpoint.stream("def f(", finish="length"), endpoint.stream("  ")]
    assert failure(chat).kind == "truncated"
    assert failure(chat).kind == "empty"


def test_an_answer_that_is_no_stream(endpoint, chat):
    def reply(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        handler.wfile.write(b"data: <html>\n\n")

    endpoint.plan = [reply]
    assert failure(chat).kind == "request"


def test_offline_asks_this_machine_only(endpoint):
    endpoint.plan = [endpoint.stream("x = 1")]
    assert OpenAIChat(endpoint.url, "", online=False).complete(REQUEST).text == "x = 1"
    assert failure(OpenAIChat("http://model.invalid/v1", KEY, online=False)).kind == "offline"


def test_a_missing_key_is_told_before_asking(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert failure(OpenAIChat("http://model.invalid/v1")).kind == "key"
    assert failure(OpenAIChat()).kind == "key"


def test_the_key_and_address_come_from_the_environment(monkeypatch, endpoint):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
    endpoint.plan = [endpoint.stream("x = 1")]
    client = OpenAIChat()
    assert client.complete(REQUEST).text == "x = 1"
    assert KEY not in repr(client)
    assert endpoint.headers[0]["authorization"].endswith(KEY)
