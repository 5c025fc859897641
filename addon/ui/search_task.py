"""The task that finds numbers of a scene with which a run earns a reward."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..jobs.search import Candidate, Trial
    from ..scene_graph import SceneGraph
    from .tasks import Teller

_EXPRESSION = re.compile(r"\s*[A-Za-z_]+\s*\(")
"""How what is meant to be an expression begins."""

SEARCH = "search"
"""The folder of the candidates, in that of the task."""


def find_numbers(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Search, run the best candidate as a job of its own and keep what the window shows of it.

    Every line tells the best so far. For a plain wish only the numbers of the request's ``own`` stay open, or where
    there is none those that it needs; a line tells what is open as ``opened`` if it is not just these. Raises
    SearchError, DslError, JobError and the job's errors.
    """
    from ..jobs import Progress
    from ..jobs.search import Annealing, Candidates, Search, SearchSpec, Trial, keep_best, one_by_one
    from ..trace import load_trace
    from .tasks import JOB, SCENE, SCRIPT, SUMMARY, clean_scene, keep_motion, summary_of, told_of_script

    tell(phase="scene", done=0, total=0)
    script = folder / SCRIPT
    source = script.read_text(encoding="utf-8") if script.exists() else None
    scene = clean_scene(folder / SCENE, request["override"])
    vary = numbers_for(request, scene.graph, source)
    if vary != request["own"]:
        tell(opened=vary)
    wanted = wanted_of(request["reward"], scene.graph, request, folder, tell)
    spec = SearchSpec(
        title=request["title"],
        source=SCENE,
        vary=tuple(vary),
        rewards=(wanted["reward"],),
        goal=wanted["goal"],
        script=source,
        budget=request["budget"],
        seed=request["seed"],
        steps=request["steps"],
        override_animation=request["override"],
    )
    trial = Trial(spec, scene)
    store = Candidates(folder / SEARCH)

    def listen(done: int, best: Candidate | None) -> None:
        tell.progress("search", done, spec.budget, best=None if best is None else best_of(trial, best))

    def follow(step: Progress) -> None:
        tell.progress(step.phase, step.done, step.total)

    method = Annealing(trial.space.start, spec.budget, spec.seed, trial.space.counts)
    found = Search(spec, trial.space, method, one_by_one(trial), store, listen)
    with store.open(spec):
        result, run = keep_best(trial, found.run(), folder / SEARCH, follow, folder / JOB, start=request["start"])
    assert found.best is not None
    tell(phase="motion", done=0, total=0)
    trace = load_trace(folder / JOB)
    summary = told_of_script(source or "", trace.scene) | summary_of(run, trace, request["start"])
    keep_motion(folder, trace)
    (folder / SUMMARY).write_text(json.dumps(summary), encoding="utf-8")
    return {**summary, "best": best_of(trial, found.best), "evaluations": result.evaluations, "wanted": wanted}


def numbers_for(request: dict[str, Any], graph: SceneGraph, script: str | None) -> list[str]:
    """The open numbers of a search. Those that one plain wish has opened are not for another one, but stay for what is
    said otherwise. Raises as `opened_for` does."""
    from ..rewards.wishes import plain_wish

    vary: list[str] = request["vary"] if plain_wish(request["reward"], graph) is None else request["own"]
    return vary or opened_for(request["reward"], graph, script)


def opened_for(text: str, graph: SceneGraph, script: str | None) -> list[str]:
    """The numbers to open for what is wanted where none is open, but for those of the script.

    Raises SearchError if it does not tell which.
    """
    from ..executor.tuning import open_numbers
    from ..jobs.search import SearchError
    from ..jobs.search.aiming import aimed
    from ..rewards.wishes import plain_wish

    if script is not None and open_numbers(script):
        return []
    wish = plain_wish(text, graph)
    if wish is None:
        raise SearchError("no number is open: open one, or say plainly what is to get where, as Ball lies in Bucket")
    return aimed(wish.thing, wish.place, graph)


def wanted_of(text: str, graph: SceneGraph, request: dict[str, Any], folder: Path, tell: Teller) -> dict[str, str]:
    """What is wanted, as an expression and read back in English; words that are no plain wish are made into one by the
    model.

    Raises DslError for an expression that cannot be used, RewardRefusedError for words that cannot be said, and
    ModelError.
    """
    from ..models import ModelError
    from ..rewards import DslError, read, read_back
    from ..rewards.wishes import plain_wish

    said: tuple[str, ...] = ()
    wish = plain_wish(text, graph)
    try:
        expression, goal = (read(text, graph), "") if wish is None else (wish.expression, text)
    except DslError as error:
        if _EXPRESSION.match(text):
            raise
        from ..coder.choose import open_chat, resolve
        from ..rewards.synthesis import Synthesis, shown

        name, why = resolve(request["coder"])
        tell(phase="script", done=0, total=0, note=why)
        with open_chat(name, folder / "answers", request["online"], small=True, served=request["served"]) as chat:
            if chat is None:
                raise ModelError(
                    "model",
                    f"'{shown(text)}' is not in the language of rewards, and no model is chosen that could put it so",
                    "choose a model in the preferences, or write the reward",
                ) from error
            made = Synthesis(*chat, small=name == "local").reward(text, graph)
        expression, goal, said = made.expression, made.goal, made.remarks
    english = ". Note: ".join((read_back(expression, graph), *said))
    wanted = {"goal": goal, "reward": str(expression), "english": english}
    tell(wanted=wanted["english"])
    return wanted


def best_of(trial: Trial, candidate: Candidate) -> dict[str, Any]:
    """What the window needs of a candidate: values by name, what they change in the scene, and the script with them."""
    from ..jobs.search.open_numbers import changes

    graph, script = trial.changed(tuple(candidate.values.values()))
    return {
        "values": candidate.values,
        "value": candidate.value,
        "held": candidate.held,
        "changes": changes(list(candidate.values), graph),
        "script": script if any(name.startswith("script.") for name in candidate.values) else None,
    }
