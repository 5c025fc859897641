"""The server's process, with a small stand-in for the library; once with the real one where the model is fetched."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from addon.coder.chooser import question
from addon.models.local import ADAPTED, LocalServer, ServerError, is_fetched, model, server

ROOT = Path(__file__).parents[3]
STAND_IN = """
import http.server, json, threading, time, types

print("loading")  # must not be taken for the address

class CommonParams:
    def __init__(self):
        self.model = types.SimpleNamespace(path="")
        self.cpuparams = types.SimpleNamespace(n_threads=0)
        self.cpuparams_batch = types.SimpleNamespace(n_threads=0)

class CommonAdapterLoraInfo:
    path = ""

class Server:
    def __init__(self, parameters):
        assert [one.scale for one in parameters.lora_adapters] == [0.0]
        PLAN
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = json.dumps({"context": parameters.n_ctx, "threads": parameters.cpuparams.n_threads}).encode()
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *args):
                pass
        server = http.server.ThreadingHTTPServer((parameters.hostnames[0], parameters.port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.listening_address = "http://%s:%d" % server.server_address[:2]
"""


@pytest.fixture
def library(tmp_path, monkeypatch):
    """Install a stand-in for xllamacpp whose server first does ``plan``; the model file is empty."""
    monkeypatch.setenv("CDYN_MODEL_DIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / model.FILE).touch()

    def install(plan="pass", text=STAND_IN):
        (tmp_path / "xllamacpp.py").write_text(text.replace("PLAN", plan))

    install()
    return install


def get(url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=10) as answer:
        return json.loads(answer.read())


def gone(url):
    """Whether nothing answers any more, within ten seconds."""
    for _ in range(100):
        try:
            get(url)
        except (urllib.error.URLError, ConnectionError):
            return True
        time.sleep(0.1)
    return False


def test_serves_on_loopback_with_the_settings_while_the_context_lasts(library):
    with LocalServer(threads=3, context=2048) as running:
        url = running.base_url
        assert url.startswith("http://127.0.0.1:")
        assert url.endswith("/v1")
        assert get(url) == {"context": 2048, "threads": 3}
    assert gone(url)


def test_an_error_inside_the_context_ends_the_server(library):
    urls = []

    def fail_inside():
        with LocalServer() as running:
            urls.append(running.base_url)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_inside()
    assert gone(urls[0])


@pytest.mark.skipif(os.name != "posix", reason="kills with SIGKILL")
def test_the_server_ends_when_its_parent_is_killed(library):
    program = """
        import sys, time
        from addon.models.local import LocalServer
        with LocalServer() as server:
            print(server.base_url, flush=True)
            time.sleep(60)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    url = parent.stdout.readline().strip()
    assert get(url)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    assert gone(url)


def test_a_failure_to_load_is_told_with_the_last_line_of_the_log(library, tmp_path):
    library("raise RuntimeError('failed to load model')")
    with pytest.raises(
        ServerError, match=r"did not start: RuntimeError: failed to load model; its log is .*server\.log"
    ):
        LocalServer().__enter__()
    assert "Traceback" in (tmp_path / "server.log").read_text()


def test_a_missing_library_is_told_with_what_to_do(library):
    library(text="raise ImportError('none')")
    with pytest.raises(ServerError, match="xllamacpp is not installed; install it with 'pip install --group model'"):
        LocalServer().__enter__()


def test_a_server_that_does_not_get_ready_is_ended(library, tmp_path, monkeypatch):
    library("open(__file__ + '.pid', 'w').write(str(__import__('os').getpid())); time.sleep(60)")
    monkeypatch.setattr(server, "START_SECONDS", 3.0)
    with pytest.raises(ServerError, match="did not get ready within 3 s"):
        LocalServer().__enter__()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "xllamacpp.py.pid").read_text()), 0)


def test_without_the_model_the_command_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("CDYN_MODEL_DIR", str(tmp_path))
    with pytest.raises(ServerError, match="not fetched; run 'python -m headless model fetch'"):
        LocalServer().__enter__()


def asked(running, content, **more):
    body = {"messages": [{"role": "user", "content": content}], "max_tokens": 40, "temperature": 0, **more}
    request = urllib.request.Request(
        running.base_url + "/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as answer:
        return json.loads(answer.read())["choices"][0]["message"]["content"]


@pytest.mark.skipif(not is_fetched(), reason="the model is not fetched")
def test_the_real_model_answers_and_reads_rules_with_its_adapter():
    pytest.importorskip("xllamacpp")
    system, user = question("Ball bonks the Plate, and with that Lamp goes on", "Lamp (on false)")
    messages = [system.sent(), user.sent()]
    with LocalServer(context=512) as running:
        assert "yes" in asked(running, "Say the word: yes").lower()
        read = asked(running, "", **ADAPTED, messages=messages)
        assert read == asked(running, "", **ADAPTED, messages=messages) == "once Ball touches Plate → Lamp turns on"
        assert "yes" in asked(running, "Say the word: yes").lower()
