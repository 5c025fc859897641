"""Random programs: nothing crashes or stalls the host, nothing gets past the facade, and allowed programs mean what
they mean in Python. CDYN_FUZZ_PROGRAMS sets how many (200; the nightly run takes 10,000, drawn anew each time)."""

import builtins
import io
import math
import os
import random
import sys
import threading
import time
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from addon.executor import Budgets, ScriptError, check, run_plain
from tests.executor.programs import HEAD, allowed, nearly_allowed

PROGRAMS = int(os.environ.get("CDYN_FUZZ_PROGRAMS", "200"))
SCENE = [{"name": "Cube", "rigid_body": {}, "props": {"a": 1}}, {"name": "Sphere", "location": [0, 0, 5]}]
STEPS = 2
PRINTED = 1_000_000
BUDGETS = Budgets(ticks_step=20_000, seconds_step=0.5, memory_mb=256)
SEEDS = st.integers(0, 2**64 - 1)
FUZZ = settings(
    database=None,
    derandomize="CDYN_FUZZ_PROGRAMS" not in os.environ,
    suppress_health_check=list(HealthCheck),
)


def host():
    return (
        dict(vars(math)),
        dict(vars(random)),
        dict(vars(builtins)),
        dict(os.environ),
        random.getstate(),
        sys.getrecursionlimit(),
        set(threading.enumerate()),
        Path.cwd(),
    )


def numbers(value):
    """All numbers inside plain data."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [n for item in value for n in numbers(item)]
    return [value] if isinstance(value, float) else []


@pytest.fixture(scope="module")
def canary(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz") / "canary"


@settings(FUZZ, max_examples=PROGRAMS)
@given(seed=SEEDS, size=st.integers(1, 6))
def test_no_program_gets_out_or_stalls(canary, seed, size):
    source = nearly_allowed(seed, size)
    before, start = host(), time.monotonic()
    run = run_plain(source.replace("CANARY", canary.as_posix()), SCENE, STEPS, budgets=BUDGETS)
    assert time.monotonic() - start < 10
    assert host() == before
    assert not canary.exists()
    assert run.error is None or (run.error.kind != "worker" and run.error.text().encode())
    assert len("".join(run.printed).encode()) <= BUDGETS.printed_chars_run
    objects = [o.as_dict() for o in run.objects]
    assert [o["name"] for o in objects] == ["Cube", "Sphere"]
    assert all(math.isfinite(n) for n in numbers(objects))
    assert not any(key.startswith(("cdyn_", "_")) for o in objects for key in o["props"])
    if run.steps == 0:
        assert objects == [o.as_dict() for o in run_plain("", SCENE, 0).objects]


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@settings(FUZZ, max_examples=max(PROGRAMS // 3, 1))
@given(seed=SEEDS, size=st.integers(3, 12))
def test_allowed_programs_mean_what_they_mean_in_python(seed, size):
    source = allowed(seed, size)
    run = run_plain(source, SCENE, 1, budgets=Budgets(ticks_step=20_000, printed_chars_run=PRINTED))
    assume(run.error is None or run.error.kind != "limit")
    assert run.error is None, run.error
    body = source.removeprefix(HEAD)
    head = HEAD.replace("import bpy, math, random\nfrom mathutils import Vector\n", "import math\n")
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(head + body, "<plain>", "exec"), {"__name__": "__main__"})
    assume(len(printed.getvalue()) < PRINTED)
    assert "".join(run.printed) == printed.getvalue()


@settings(FUZZ, max_examples=PROGRAMS)
@given(
    source=st.one_of(st.text(max_size=200), SEEDS.map(lambda seed: nearly_allowed(seed, 3))),
    at=st.integers(0, 10**6),
    junk=st.text(max_size=5),
)
def test_any_text_passes_the_gate_or_is_refused_in_words(source, at, junk):
    place = at % (len(source) + 1)
    error = None
    try:
        check(source[:place] + junk + source[place:])
    except ScriptError as raised:
        error = raised
    assert error is None or (error.kind in ("syntax", "refused", "limit") and error.reason and error.text())
