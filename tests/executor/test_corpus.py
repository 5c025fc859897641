"""Every script of the corpus: hostile ones are stopped without effect, benign ones give the values that they must."""

import math
import os
import random
import signal
import socket
import sys
import threading
import time
import tomllib
from pathlib import Path

import pytest

from addon.executor import Budgets, run_plain
from addon.executor.plain import PlainObject

CORPUS = Path(__file__).with_name("corpus")
SCENE = [{"name": "Cube", "rigid_body": {"type": "ACTIVE"}}, {"name": "Sphere", "location": [0, 0, 5]}]
BUDGETS = Budgets(seconds_step=0.5, memory_mb=256)


def load(name):
    return tomllib.loads((CORPUS / name).read_text(encoding="utf-8"))


def hostile():
    for kind in load("hostile.toml")["kind"]:
        for number, script in enumerate(kind["scripts"], 1):
            yield pytest.param(script, kind["stopped_by"], kind.get("steps", 1), id=f"{kind['name']} {number}")


def benign():
    for kind in load("benign.toml")["kind"]:
        for entry in kind["scripts"]:
            yield pytest.param(entry, id=f"{kind['name']}: {entry['what']}")


@pytest.fixture(scope="module", autouse=True)
def template():
    """The process that workers are forked from is there before anything is compared."""
    run_plain("x = 1", SCENE, 1)


@pytest.fixture(scope="module")
def port():
    """A listening socket that nobody may call, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server, server.getsockname()[1]


def children():
    """The processes that this one has started and not ended; nothing where the system does not tell."""
    tasks = Path("/proc/self/task")
    return {pid for task in tasks.glob("*/children") for pid in task.read_text().split()}


def host_state():
    """What a script must not change in the process that holds the scene."""
    modules = {module.__name__: dict(vars(module)) for module in (math, random, os)}
    handlers = [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)]
    facts = (random.getstate(), dict(os.environ), Path.cwd(), sys.getrecursionlimit(), handlers)
    return modules, facts, set(threading.enumerate()), children(), len(os.listdir("/proc/self/fd")) if children() else 0


@pytest.mark.parametrize(("script", "stopped_by", "steps"), list(hostile()))
@pytest.mark.whole
def test_a_hostile_script_is_stopped_without_effect(script, stopped_by, steps, port, tmp_path):
    server, number = port
    canary = tmp_path / "canary"
    script = script.replace("CANARY", canary.as_posix()).replace("PORT", str(number))
    before, start = host_state(), time.monotonic()

    run = run_plain(script, SCENE, steps, budgets=BUDGETS)

    assert time.monotonic() - start < 20
    assert (run.error.kind if run.error else "silent") in stopped_by, run.error
    assert run.error is None or run.error.reason
    assert len("".join(run.printed)) <= BUDGETS.printed_chars_run * run.steps
    assert [o.as_dict() for o in run.objects] == [PlainObject(data).as_dict() for data in SCENE]
    assert host_state() == before
    assert not canary.exists()
    with pytest.raises(BlockingIOError):
        server.accept()


@pytest.mark.parametrize("entry", list(benign()))
def test_a_benign_script_runs_unchanged(entry):
    run = run_plain(entry["script"], entry.get("objects", SCENE), entry.get("steps", 1), seed=entry.get("seed", 0))
    assert run.error is None, run.error
    objects = {o.name: o.as_dict() for o in run.objects}
    objects["printed"] = "".join(run.printed)
    for path, expected in entry["expect"].items():
        value = objects
        for part in path.split("/"):
            value = value[part]
        if isinstance(expected, list | float):
            assert value == pytest.approx(expected, rel=1e-5, abs=1e-6), path
        else:
            assert value == expected, path
            assert type(value) is type(expected), path


def test_the_corpus_is_as_broad_as_it_is_meant_to_be():
    kinds = load("hostile.toml")["kind"]
    assert len({kind["name"] for kind in kinds}) == len(kinds) > 20
    assert len(list(hostile())) >= 150
    assert len(list(benign())) >= 60
