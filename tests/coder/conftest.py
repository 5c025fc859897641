"""An endpoint on loopback that answers as a test tells it, and scripts run without an engine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from addon.scene_graph import Constraint, Contact, Primitive, RigidBody, SceneGraph, SceneObject, StepState, World


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

    def stream(self, *pieces, finish="stop", usage=(11, 7), hang=False, cut=False):
        """Reply with a streamed answer; ``hang`` never ends it, ``cut`` drops the line after the pieces."""

        def chunk(**fields):
            data = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [], **fields}
            return f"data: {json.dumps(data)}\n\n".encode()

        def reply(handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            if cut:
                handler.send_header("Content-Length", "100000")
            handler.end_headers()
            for piece in pieces:
                delta = {"index": 0, "delta": {"content": piece}, "finish_reason": None}
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


def scene(objects, constraints=()):
    """Boxes of 0.5 x 0.5 x 2 m; a value that is a dict gives custom properties, True an ACTIVE body."""
    box = Primitive(kind="cube", dimensions=(0.5, 0.5, 2.0))
    made = []
    for index, (name, what) in enumerate(objects.items()):
        body = RigidBody(type="ACTIVE" if what is True else "PASSIVE", kinematic=True, shape="BOX")
        properties = what if isinstance(what, dict) else {}
        made.append(SceneObject(name=name, location=(index, 0, 1), geometry=box, body=body, properties=properties))
    names = list(objects)
    joints = [Constraint(name=c, type="FIXED", object1=names[0], object2=names[1]) for c in constraints]
    return SceneGraph(world=World(fps=20), objects=tuple(made), constraints=tuple(joints))


def play(script, graph, touches, steps):
    """Run a script without an engine: ``touches`` are (a, b, first frame, last frame), bodies stay unless written.

    Returns {(name, field): [(frame, value), …]} with repeated equal values left out.
    """
    from addon.executor import ScriptSession

    count = len(graph.objects)
    position = np.array([o.location for o in graph.objects])
    quaternion = np.tile([1.0, 0.0, 0.0, 0.0], (count, 1))
    written = {}
    with ScriptSession(script, graph) as session:
        for frame in range(1, steps + 1):
            contacts = [
                Contact(graph.names.index(a), graph.names.index(b), (0, 0, 0), (0, 0, 1), 0.0)
                for a, b, first, last in touches
                if first <= frame <= last
            ]
            zero = np.zeros((count, 3))
            state = StepState(frame, position.copy(), quaternion.copy(), np.ones((count, 3)), zero, zero, contacts)
            for write in session.step(state).writes:
                value = write.value
                if write.field == "location":
                    position[graph.names.index(write.name)] = value
                if write.field == "rotation_quaternion":
                    quaternion[graph.names.index(write.name)] = value
                if isinstance(value, tuple):
                    value = tuple(round(v, 6) + 0.0 for v in value)
                history = written.setdefault((write.name, write.field), [])
                if not history or history[-1][1] != value or write.field == "velocity":
                    history.append((frame, value))
    return written


@pytest.fixture(name="scene")
def scene_fixture():
    return scene


@pytest.fixture(name="play")
def play_fixture():
    return play
