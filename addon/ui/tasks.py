"""What the window has done by a Blender without one: tasks that read a request and tell their progress line by line.

A request and all that comes of it are files in one folder, so that a run can be looked at, exported and opened again.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import bpy

from ..frames import on_timeline
from .change_task import answer_changes
from .model_task import address_for
from .parent import ending_with_parent
from .report_task import take_report_pictures
from .search_task import find_numbers
from .seen_task import compare_picture
from .world_task import film_world, make_world

REQUEST = "request.json"
SCENE = "scene.blend"
SCRIPT = "script.py"
JOB = "job"
MOTIONS = "motions.npz"
OVERLAY = "overlay.npz"
SUMMARY = "summary.json"
TELL_SECONDS = 0.2
"""Between two lines on the same phase."""


class Teller:
    """Writes lines of JSON to standard output, where the window reads them."""

    def __init__(self) -> None:
        self._stream = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
        self._last = ("", 0.0)

    def __call__(self, **line: Any) -> None:
        """Write one line."""
        self._stream.write(json.dumps(line) + "\n")
        self._stream.flush()

    def progress(self, phase: str, done: int, total: int, **more: Any) -> None:
        """Tell how far a phase is, not too often."""
        now = time.monotonic()
        if phase != self._last[0] or now - self._last[1] >= TELL_SECONDS:
            self._last = (phase, now)
            self(phase=phase, done=done, total=total, **more)


def do_task(folder: Path) -> int:
    """Do what the folder's request asks for; returns the exit code. The last line told has ``result`` or ``error``."""
    tell = Teller()
    request = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    try:
        with ending_with_parent(), words_elsewhere():
            result = TASKS[request["task"]](folder, request, tell)
    except Exception as error:
        kind, reason = getattr(error, "kind", type(error).__name__), getattr(error, "reason", "")
        tell(error=str(error) or type(error).__name__, kind=kind, reason=reason)
        return 1
    tell(result=result)
    return 0


@contextmanager
def words_elsewhere() -> Iterator[None]:
    """What Blender prints goes to standard error while this lasts."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def write_script(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Ask the coder for a script and check it; with an ``answer`` in the request, that of a chat page is taken up.

    Raises CoderError (of kind ``rule`` with every rule that is not understood), ModelError or SceneFileError.
    """
    from ..coder import CodingResult, code_until_runs
    from ..coder.choose import resolve
    from ..executor import ScriptError, check

    asked = _asked(folder, request, tell)
    name, why = ("paste", "") if "answer" in request else resolve(request["coder"])
    served = address_for(request, tell) if name == "local" else ""
    tell(phase="script", done=0, total=0, note=why)
    answers: list[CodingResult] = []

    def problem_of(script: str) -> str | None:
        try:
            check(script)
        except ScriptError as error:
            return error.text()
        return None

    with _coder(name, folder, request, served) as coder:
        if coder is None:
            raise ValueError("no coder is chosen; choose one in the preferences")
        on_text: Callable[[str], None] = lambda piece: tell(text=piece)  # noqa: E731
        found = code_until_runs(coder, asked, problem_of, request["attempts"], on_text, answers.append)
    return told_of_script(found.script, asked.graph) | {
        "script": found.script,
        "problem": found.problem,
        "warnings": [str(text) for text in getattr(found, "warnings", ())],
        "understood": _told_of_rules(request, answers[-1].understood),
        "coder": name,
        "model": answers[-1].model,
        "prompt_version": answers[-1].prompt_version,
        "tokens": [sum(a.prompt_tokens for a in answers), sum(a.completion_tokens for a in answers)],
    }


def _told_of_rules(request: dict[str, Any], understood: Any) -> list[dict[str, str]]:
    """How each rule, and the goal after them, was understood; what has no reading is free code."""
    known = {one.text: one for one in understood}
    texts = filter(None, (*request["rules"], request["goal"]))
    return [
        {"text": text, "sentence": known[text].sentence, "way": known[text].way}
        if text in known
        else {"text": text, "sentence": "", "way": "free code"}
        for text in texts
    ]


def write_prompt(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """The prompt for a chat page, as one text. Raises SceneFileError."""
    from ..coder import WholeCoder
    from ..models import CHAT_PAGE, GivenAnswer, as_text

    asked = _asked(folder, request, tell)
    tell(phase="prompt", done=0, total=0)
    return {"prompt": as_text(WholeCoder(GivenAnswer(""), CHAT_PAGE).chat_request(asked))}


def _asked(folder: Path, request: dict[str, Any], tell: Teller) -> Any:
    """What a coder is asked for in the scene of a folder."""
    from ..coder import Attempt, CodingRequest
    from ..executor import language_reference
    from ..scene_graph import scene_text

    tell(phase="scene", done=0, total=0)
    graph = clean_scene(folder / SCENE).make_engine().graph
    rules = tuple(request["rules"])
    previous = Attempt(request["script"], request["problem"]) if request.get("problem") else None
    return CodingRequest(
        graph, scene_text(graph), rules, request["goal"], graph.world.dt, language_reference(), previous
    )


def _coder(name: str, folder: Path, request: dict[str, Any], served: str) -> Any:
    """The coder that is asked, as a context."""
    from ..coder import WholeCoder
    from ..coder.choose import open_coder
    from ..models import CHAT_PAGE, GivenAnswer

    if "answer" in request:
        return nullcontext(WholeCoder(GivenAnswer(request["answer"]), CHAT_PAGE, name=name))
    return open_coder(name, folder / "answers", request["online"], served)


_BODY_OF = re.compile(r"""\[\s*(["'])(.+?)\1\s*\]\s*\.\s*rigid_body\b""")
"""Where a script asks for the rigid body of an object that it names."""


def bodiless(script: str, graph: Any) -> list[str]:
    """Objects whose rigid body a script asks for and that have none."""
    without = {o.name for o in graph.objects if o.body is None and o.geometry is not None}
    return sorted({found[2] for found in _BODY_OF.finditer(script)} & without)


def told_of_script(script: str, graph: Any) -> dict[str, Any]:
    """What is to be known of a scene and a script before they are run."""
    return {"notes": [note.model_dump() for note in graph.notes], "bodiless": bodiless(script, graph)}


def run_scene(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Run a script on the scene and keep what the window shows of it; where the request names a ``coder``, the script
    is first written, and told as a line with ``written``. Raises the job's errors and those of `write_script`.
    """
    from ..coder import ReadScript
    from ..executor import Budgets
    from ..jobs import Job, JobFolder, JobSpec, Progress, run_job
    from ..jobs.why import answers, case_of
    from ..trace import load_trace

    override = bool(request.get("override", False))
    start, writer = request.get("start", 0), request.get("writer", "")
    script = folder / SCRIPT
    if "coder" in request:
        written = write_script(folder, request, tell)
        tell(written=written)
        script.write_text(written["script"], encoding="utf-8")
        request = {**request, "understood": written["understood"]}
        writer = " ".join(("the coder", *filter(None, (written["coder"], written["model"]))))
    scene = clean_scene(folder / SCENE, override)
    spec = JobSpec(
        title=request["title"],
        source=SCENE,
        coder=f"script:{SCRIPT}" if script.exists() else "none",
        rules=tuple(request["rules"]),
        goal=request.get("goal", ""),
        assertions=tuple(request["assertions"]),
        steps=request["steps"],
        seed=request["seed"],
        override_animation=override,
        attempts=1,
    )

    def listen(step: Progress) -> None:
        tell.progress(step.phase, step.done, step.total)

    budgets = replace(Budgets(), **request["budgets"])
    coder = ReadScript(script, _understood(request)) if script.exists() else None
    job = Job(spec, scene.make_engine, coder, JobFolder(folder / JOB), budgets, listen, start=start, writer=writer)
    result = run_job(job)
    tell(phase="motion", done=0, total=0)
    trace = load_trace(folder / JOB)
    source = script.read_text(encoding="utf-8") if script.exists() else ""
    summary = told_of_script(source, trace.scene) | summary_of(result, trace, start)
    summary["why"] = [one.model_dump(mode="json") for one in answers(case_of(folder / JOB, trace))]
    keep_motion(folder, trace)
    (folder / SUMMARY).write_text(json.dumps(summary), encoding="utf-8")
    return summary


def _understood(request: dict[str, Any]) -> list[Any]:
    """What was told of the rules when the script of a request was written."""
    from ..coder import Understood

    told = enumerate(request.get("understood", ()), 1)
    return [Understood(number, one["text"], one["sentence"], one["way"]) for number, one in told]


def clean_scene(path: Path, override: bool = False) -> Any:
    """The scene of the copy, without the motion of an earlier run but with what the user changed since."""
    from ..engine.applied import take_off
    from ..engine.playback import is_played_back
    from ..engine.read import open_blend
    from ..jobs.scenes import file_scene

    open_blend(path)
    if is_played_back(bpy.context.scene):
        take_off(bpy.context.scene)
        bpy.ops.wm.save_as_mainfile(filepath=str(path), check_existing=False)
    return file_scene(path, override=override)


def summary_of(result: Any, trace: Any, start: int) -> dict[str, Any]:
    """What the panel shows of a run that begins at the frame ``start`` of the timeline: plain values."""
    from ..patterns.annotation import annotate
    from ..patterns.moments import salient
    from ..patterns.words import markers

    metrics = result.metrics
    found = annotate(trace)
    return {
        "ok": result.ok,
        "problem": result.problem,
        "problem_frame": result.problem_frame,
        "start": start,
        "warnings": [str(text) for text in getattr(result, "warnings", ())],
        "frames": len(trace.position),
        "fps": trace.meta.fps,
        "volume_drift": metrics.volume_drift,
        "shape_iou": metrics.shape_iou,
        "logic_success": metrics.logic_success,
        "assertions": [_verdict(one, trace, start) for one in metrics.assertions],
        "rules": [_outcome(rule, trace, start) for rule in result.rules] if result.scripts else [],
        "energy": [metrics.energy_start, metrics.energy_end],
        "gains_energy": metrics.gains_energy,
        "contacts": len({(int(a), int(b)) for a, b in zip(trace.contacts.a, trace.contacts.b, strict=True)}),
        "contact_points": len(trace.contacts),
        "deepest_penetration": metrics.deepest_penetration,
        "markers": markers(found),
        "moments": [_moment(moment, trace.scene.names) for moment in salient(found)],
        "seed": result.seed,
        "layers": list(result.layers),
        "engine": result.engine,
        "trace_sha256": result.trace_sha256,
    }


def _moment(moment: Any, names: Collection[str]) -> dict[str, Any]:
    """What happened, when, and which objects it is about."""
    from ..patterns.salience import bodies_of

    about = dict.fromkeys(name for member in moment.members for name in bodies_of(member, names))
    return {"frame": moment.frame, "text": moment.text.rstrip("."), "objects": list(about)}


def _verdict(one: Any, trace: Any, start: int) -> dict[str, Any]:
    """An assertion as it is written and in words, and whether it held and why, with frames of the timeline."""
    from ..rewards import read, read_back
    from ..rewards.evaluate import why_of

    words = read_back(read(one.text, trace.scene), trace.scene)
    return {**one.model_dump(), "words": words, "reason": on_timeline(why_of(one.reason), start, trace.scene.names)}


def _outcome(rule: Any, trace: Any, start: int) -> dict[str, Any]:
    """What became of a rule, with frames of the timeline; ``at`` is the first, ``times`` tells the first ones and
    ``more`` how many follow; ``objects`` are those it speaks of.
    """
    from ..jobs.outcomes import MOST_TIMES

    told = rule.line(trace.meta.fps, start, trace.scene.names)
    said = rule.understood or rule.text
    about = [name for name in trace.scene.names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)]
    found = {**rule.model_dump(include={"text", "understood", "way", "fired"}), "told": told, "objects": about}
    if not rule.frames:
        return found
    more = max(0, rule.fired - MOST_TIMES)
    return {**found, "at": rule.frames[0] + start, "times": rule.times(trace.meta.fps, start), "more": more}


def keep_motion(folder: Path, trace: Any) -> None:
    """Write what the timeline and the overlay need."""
    import numpy as np

    from ..engine.channels import motions_of
    from ..engine.motions import save_motions
    from ..engine.read import open_blend

    open_blend(folder / SCENE)
    save_motions(motions_of(trace, _offsets(trace)), folder / MOTIONS)
    contacts = trace.contacts
    with (folder / OVERLAY).open("wb") as stream:
        np.savez(
            stream,
            names=np.array(trace.bodies),
            position=trace.position.astype(np.float32),
            velocity=trace.velocity.astype(np.float32),
            contact_frame=contacts.frame,
            contact_point=contacts.point.astype(np.float32),
        )


def _offsets(trace: Any) -> dict[str, Any]:
    """What acts on each body besides its own channels, in the scene that is open; see `motions_of`."""
    from ..engine.surroundings import surroundings_of

    return dict(surroundings_of(bpy.context.scene, trace))


def test_connection(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Ask the chosen model for a word. Raises ModelError with what is wrong."""
    from ..models import ChatRequest, Message, OpenAIChat

    tell(phase="connect", done=0, total=0)
    begun = time.monotonic()
    asked = ChatRequest(
        request["model"], (Message("user", "Answer with one word: ready"),), {"max_tokens": 5}, "test 1"
    )
    answer = OpenAIChat(online=request["online"]).complete(asked)
    return {"answer": answer.text.strip()[:40], "seconds": round(time.monotonic() - begun, 1)}


def fetch_model(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Fetch the local model. Raises FetchError."""
    from ..models.local import fetch

    return {"path": str(fetch(tell.progress))}


def serve_model(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Serve the local model until the process is ended. Raises ServerError."""
    from ..models.local import LocalServer

    tell(phase="start", done=0, total=0)
    with LocalServer() as server:
        tell(phase="serve", done=0, total=0, note=server.base_url)
        threading.Event().wait()
    return {}


Task = Callable[[Path, dict[str, Any], Teller], dict[str, Any]]
TASKS: dict[str, Task] = {
    "write": write_script,
    "prompt": write_prompt,
    "run": run_scene,
    "change": answer_changes,
    "pictures": take_report_pictures,
    "search": find_numbers,
    "seen": compare_picture,
    "world": make_world,
    "video": film_world,
    "connect": test_connection,
    "fetch": fetch_model,
    "serve": serve_model,
}
