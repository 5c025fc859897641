"""An endpoint on loopback that answers as a test tells it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Endpoint:
    """Each item of ``plan`` is one reply: a function of the request handler; the last one repeats."""

    def __init__(self):
        self.plan = []
        self.requests = []
        self.headers = []
        self.release = threading.Event()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                size = int(self.headers["Content-Length"])
                endpoint.requests.append(json.loads(self.rfile.read(size)))
                endpoint.headers.append({k.lower(): v for k, v in self.headers.items()})
                reply = endpoint.plan.pop(0) if len(endpoint.plan) > 1 else endpoint.plan[0]
                reply(self)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a client that hung up is what some tests are about
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def close(self):
        self.release.set()
        self.server.shutdown()
        self.server.server_close()

    def status(self, code, message, **fields):
        """Reply with an error status."""

        def reply(handler):
            body = json.dumps({"error": {"message": message, **fields}}).encode()
            handler.send_response(code)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        return reply

    def stream(self, *pieces, finish="stop", usage=(11, 7), hang=False, cut=False, odds=()):
        """Reply with a streamed answer; ``odds`` are the logarithms of its pieces', ``hang`` never ends it, ``cut``
        drops the line after the pieces."""

        def chunk(**fields):
            data = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [], **fields}
            return f"data: {json.dumps(data)}\n\n".encode()

        def reply(handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            if cut:
                handler.send_header("Content-Length", "100000")
            handler.end_headers()
            for place, piece in enumerate(pieces):
                delta = {"index": 0, "delta": {"content": piece}, "finish_reason": None}
                if odds:
                    delta["logprobs"] = {"content": [{"token": piece, "logprob": odds[place], "top_logprobs": []}]}
                handler.wfile.write(chunk(choices=[delta]))
            handler.wfile.flush()
            if hang:
                self.release.wait(20)
            if hang or cut:
                return
            handler.wfile.write(chunk(choices=[{"index": 0, "delta": {}, "finish_reason": finish}]))
            total = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
            handler.wfile.write(chunk(usage=total))
            handler.wfile.write(b"data: [DONE]\n\n")

        return reply


@pytest.fixture
def endpoint():
    served = Endpoint()
    yield served
    served.close()
