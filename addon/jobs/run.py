"""One job from scene to report: code, run, repair, measure, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..coder import Attempt, Coder, CoderError, CodingRequest, CodingResult, ScriptFile, Understood, code_until_runs
from ..engine.protocol import Engine
from ..executor import Budgets, ScriptError, check, language_reference
from ..executor.tuning import open_numbers, wants
from ..metrics import Metrics, measure
from ..models import AdvisedError, ModelError
from ..rewards import DslError, Node, Verdict, judge_all, read
from ..scene_graph import Note, SceneGraph, SceneGraphError, scene_text, write_text
from ..trace import save_trace
from .critic import critique
from .fit import Fit, Fitted
from .folder import JobFolder
from .outcomes import outcomes
from .pictures import Render, frames_to_show
from .planes import remarks
from .report import ReportData, write_record, write_report
from .restart import Restart
from .rollout import Rollout, RolloutOptions, rollout
from .spec import JobResult, JobSpec, Phase, Progress, ScriptFate, counting

FITTED = "fitted.py"
"""The script with the numbers that were found."""

STATUS_SECONDS = 0.25
"""Least time between two writes of ``status.json`` within a run."""


@dataclass
class Job:
    """Everything that one job needs. ``make_engine`` gives the scene in its initial state, anew at each call.

    ``coder`` None runs the engine alone. ``on_notes`` receives the scene's notes and ``on_rules`` the rules as they are
    understood, each before anything is run, ``on_text`` the model's answer as it streams; ``render`` draws frames of a
    finished trace. ``start`` is what the page calls the first frame, ``writer`` who wrote the script, if the coder only
    reads it. ``keep_answers``: a model's answers stay in the folder of a refused request. ``every_step``: scripts
    are called in every step, also while they wait.
    """

    spec: JobSpec
    make_engine: Callable[[], Engine]
    coder: Coder | None
    folder: JobFolder
    budgets: Budgets = field(default_factory=Budgets)
    listen: Callable[[Progress], None] = lambda progress: None
    on_notes: Callable[[tuple[Note, ...]], None] = lambda notes: None
    on_rules: Callable[[tuple[Understood, ...]], None] = lambda rules: None
    on_text: Callable[[str], None] | None = None
    render: Render | None = None
    start: int = 0
    writer: str = ""
    keep_answers: bool = False
    every_step: bool = False


def check_request(spec: JobSpec, graph: SceneGraph) -> None:
    """Raise DslError for assertions on what the scene lacks, SceneGraphError if there is nothing to simulate.

    Raises CoderError for numbers that are to be found where no script has any.
    """
    if spec.fit and (spec.coder == "none" or spec.recode_every):
        why = (
            "with the coder 'none' there is no script" if spec.coder == "none" else "a script that is replaced has none"
        )
        raise CoderError("coder", f"no numbers can be found: {why}", "leave out --fit, --recode-every or the coder")
    if all(obj.geometry is None for obj in graph.objects):
        raise SceneGraphError("the scene has no object with a mesh, so there is nothing to simulate; add one")
    for text in spec.assertions:
        _check_assertion(text, graph)


def _check_assertion(text: str, graph: SceneGraph) -> None:
    """Raise DslError that says which assertion it is, and how assertions look."""
    try:
        read(text, graph)
    except DslError as error:
        names = [*graph.names, "Ball", "Door"]
        example = f'EVENT("CollisionStart", {{"a_id": "{names[0]}", "b_id": "{names[1]}"}})'
        raise DslError(
            f"the assertion '{text}' cannot be used: {str(error).splitlines()[0]}. "
            f"Assertions are written in the reward language and not in English, such as {example}; see docs/rewards.md"
        ) from None


def own_wishes(script: str, graph: SceneGraph) -> list[Node]:
    """What a script wants of its run. Raises ScriptError if it wants nothing or something that cannot be judged."""
    texts, found = wants(script), []
    if not texts:
        example = 'want(\'EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Bucket"})\')'
        raise ScriptError("refused", "the script has open numbers and does not say what it wants", suggestion=example)
    for text in texts:
        try:
            found.append(read(text, graph))
        except DslError as error:
            raise ScriptError("refused", f"want('{text}') cannot be used: {str(error).splitlines()[0]}") from None
    return found


def run_job(job: Job) -> JobResult:
    """Do the whole job and leave its folder complete.

    A finished job of the same request is not done again: its result comes from the folder. Of a request that is refused
    nothing stays there. Raises DslError, CoderError, ModelError, EngineError or JobError; ``status.json`` then says how
    far it came.
    """
    run = _JobRun(job)
    try:
        return run.result()
    except BaseException as error:
        run.tell("failed", note=str(error) or type(error).__name__)
        if isinstance(error, AdvisedError) and error.is_input:
            job.folder.withdraw(job.keep_answers or isinstance(error, ModelError))
        raise


def _worth_of(verdicts: Sequence[Verdict]) -> float:
    """How much of what a script wants came true, from 0 to 1."""
    return sum(verdict.value for verdict in verdicts) / len(verdicts)


class _JobRun:
    """The state of one job while it is done."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.spec = job.spec
        self.answers: list[CodingResult] = []
        self.fates: list[ScriptFate] = []
        self.last: Rollout | None = None
        self.is_engine_used = False
        self.fit: Fitted | None = None
        self.unfit: ScriptError | None = None
        self.before: bool | None = None
        self.best: tuple[Rollout, Fitted | None, str] | None = None
        self.measured: tuple[Rollout, Metrics] | None = None
        self.owns_folder = False
        self.restart = Restart()
        self.told = 0.0

    def tell(self, phase: Phase, done: int = 0, total: int = 0, note: str = "") -> None:
        progress = Progress(phase=phase, done=done, total=total, note=note)
        self.job.listen(progress)
        now = time.monotonic()
        is_told = phase != "run" or now - self.told >= STATUS_SECONDS
        if is_told and self.owns_folder:
            self.told = now
            self.job.folder.status(progress)

    def result(self) -> JobResult:
        self.tell("scene")
        self.engine = self.job.make_engine()
        self.graph = self.engine.graph
        self.job.on_notes(self.graph.notes)
        check_request(self.spec, self.graph)
        finished = self.job.folder.open(self.spec, self.graph)
        self.owns_folder = True
        if finished is not None:
            self.engine.close()
            self.tell("done", note="the same job was finished before: this is its result")
            return finished
        try:
            run = self._run()
        finally:
            self.restart.close()
        self.tell("measure")
        metrics = self._measured(run)
        save_trace(run.trace, self.job.folder.path)
        result = self._summary(run, metrics)
        self._report(run, metrics, result)
        self.job.folder.finish(result)
        self.tell("done")
        return result

    def _run(self) -> Rollout:
        """The run that counts: that of the first script that goes through, else that of the last one.

        Of scripts that do not come to what they want it is that of the one that comes nearest.
        """
        nothing_to_code = not (self.spec.rules or self.spec.goal or isinstance(self.job.coder, ScriptFile))
        if self.job.coder is None or nothing_to_code:
            return self._rollout(None)
        self.tell("script")
        has_one = self.spec.recode_every or isinstance(self.job.coder, ScriptFile)  # A file has nothing better.
        attempts = 1 if has_one else self.spec.attempts
        coded = code_until_runs(
            self.job.coder,
            self._request(),
            self._try,
            max_attempts=attempts,
            on_text=self.job.on_text,
            on_attempt=self._keep,
        )
        if self.last is not None and self.fates[-1].fate == "ran":
            return self.last
        if self.best is not None:
            best, self.fit, script = self.best
            if self.fit is not None:
                write_text(self.job.folder.path / FITTED, script)
            return best
        if self.unfit is not None:
            raise CoderError("script", self.unfit.text(), "mend that, or leave the numbers as they are (without --fit)")
        return self._rollout(coded.script)

    def _request(self, graph: SceneGraph | None = None, previous: Attempt | None = None) -> CodingRequest:
        graph = graph or self.graph
        return CodingRequest(
            graph=graph,
            scene_text=scene_text(graph),
            rules=self.spec.rules,
            goal=self.spec.goal,
            dt=graph.world.dt,
            reference=language_reference(),
            previous=previous,
            fit=self.spec.fit,
        )

    def _keep(self, answer: CodingResult) -> None:
        """Keep an answer and its script in the folder as soon as it is there."""
        self.answers.append(answer)
        path = self.job.folder.add_script(len(self.answers) - 1, answer.script)
        self.job.on_rules(answer.understood)
        self.job.folder.log("answer", file=path.name, model=answer.model, prompt_tokens=answer.prompt_tokens)

    def _try(self, script: str) -> str | None:
        """Run a script as far as it goes; the problem in words, or None if it went through."""
        name = f"script_{len(self.answers) - 1:02d}.py"
        if self.spec.recode_every or self.spec.fit:
            try:
                check(script)
            except ScriptError as error:
                return self._refuse(name, error)
        if self.spec.recode_every:
            self.fates.append(ScriptFate(file=name, fate="replaced"))
            return None
        try:
            self.fit, self.before, self.unfit = None, None, None
            script = self._fitted(script)
        except ScriptError as error:
            self.unfit = error
            return self._refuse(name, error)
        run = self._rollout(script, stop_on_failure=True)
        if run.refused and run.problem is not None:
            return self._refuse(name, run.problem)
        self.last = run
        self.fates.append(_fate(name, self.last))
        fate = self.fates[-1]
        fate.acted_until = self.last.driven[-1] if self.last.driven else None
        if self.spec.assertions:
            fate.logic = self._measured(self.last).logic_success
            fate.logic_before = fate.logic if self.before is None else self.before
        return self.last.problem.text() if self.last.problem else self._missed(script)

    def _refuse(self, file: str, error: ScriptError) -> str:
        """Keep that a script was not run; its problem in words."""
        self.fates.append(ScriptFate(file=file, fate="refused", problem=error.as_dict()))
        return error.text()

    def _measured(self, run: Rollout) -> Metrics:
        """What is measured on a run; of the last one that was asked about it is known."""
        if self.measured is None or self.measured[0] is not run:
            self.measured = run, measure(run.trace, self.spec.assertions, run.driven)
        return self.measured[1]

    def _missed(self, script: str) -> str | None:
        """What the last run did not do of what its script wants, in words; None if it did all, or wants nothing."""
        if not (self.spec.goal and self.spec.fit and wants(script)):
            return None
        assert self.last is not None
        trace = self.last.trace
        verdicts = judge_all(own_wishes(script, self.graph), trace)
        self.fates[-1].worth = _worth_of(verdicts)
        if all(verdict.held for verdict in verdicts):
            return None
        self.fates[-1].fate = "missed"
        if counting(self.fates) is self.fates[-1]:
            self.best = self.last, self.fit, script
        return critique(trace, verdicts, self.fit)

    def _fitted(self, script: str) -> str:
        """The script with the open numbers that do best what it wants; as it is where nothing is to be found.

        The best so far is in the folder at any time. Raises ScriptError for numbers and wishes that cannot be used.
        """
        if not self.spec.fit:
            return script
        if not open_numbers(script):
            if self.spec.goal:
                return script
            raise ScriptError(
                "refused",
                "no number of it is open, so there is nothing to find",
                suggestion="write tune(4.0, 1.0, 8.0)",
            )
        wanted = own_wishes(script, self.graph)
        path = self.job.folder.path / FITTED
        fit = Fit(script, lambda candidate: self._worth(candidate, wanted), self.spec.fit, self.spec.seed)

        def told(done: int, value: float) -> None:
            write_text(path, fit.script)
            self.tell("fit", done, self.spec.fit, f"{max(value, 0.0):.3f} of what the script wants")

        fit.on_run = told
        found = fit.run()
        self.fit = fit.result
        return found

    def _worth(self, script: str, wanted: Sequence[Node]) -> tuple[float, bool]:
        """What a run of a script is worth by its own wishes, and whether it does all of them."""
        self.last = self._rollout(script, stop_on_failure=True)
        if self.last.problem is not None:
            return -1.0, False
        if self.before is None and self.spec.assertions:
            self.before = self._measured(self.last).logic_success
        verdicts = judge_all(wanted, self.last.trace)
        return _worth_of(verdicts), all(v.held for v in verdicts)

    def _rollout(self, script: str | None, stop_on_failure: bool = False) -> Rollout:
        make = self.job.make_engine if self.is_engine_used else lambda: self.engine
        self.is_engine_used = True
        options = RolloutOptions(
            steps=self.spec.steps,
            seed=self.spec.seed,
            budgets=self.job.budgets,
            every_step=self.job.every_step,
            title=self.spec.title,
            stop_on_failure=stop_on_failure,
            progress=lambda done, total: self.tell("run", done, total),
        )
        if self.spec.recode_every and self.job.coder is not None:
            options = replace(options, recode=self._recode, recode_every=self.spec.recode_every)
        with self.restart.engine(self.graph, make) as engine:
            run = rollout(engine, script, options)
        if self.spec.recode_every and self.fates:
            self.fates[-1] = _fate(self.fates[-1].file, run)
        return run

    def _recode(self, graph: SceneGraph, error: ScriptError | None) -> str:
        """The next script from the scene as it is now (Code as Dynamics, Eq. 2)."""
        assert self.job.coder is not None
        previous = Attempt(script=self.answers[-1].script, problem=error.text()) if error else None
        if error:
            self.fates[-1].problem, self.fates[-1].fate = error.as_dict(), "failed"
        answer = self.job.coder.write(self._request(graph, previous), self.job.on_text)
        self._keep(answer)
        self.fates.append(ScriptFate(file=f"script_{len(self.answers) - 1:02d}.py", fate="replaced"))
        return answer.script

    def _summary(self, run: Rollout, metrics: Metrics) -> JobResult:
        coder = self.job.coder
        spec = self.spec
        return JobResult(
            title=spec.title,
            ok=run.problem is None,
            coder=coder.name if coder else "none",
            model=coder.model if coder else None,
            prompt_version=self.answers[-1].prompt_version if self.answers else None,
            seed=spec.seed,
            steps=spec.steps,
            engine=run.trace.meta.engine,
            trace_sha256=run.trace.sha256(),
            scripts=self.fates,
            repairs=sum(1 for fate in self.fates[:-1] if fate.problem),
            requests=sum(a.requests for a in self.answers),
            prompt_tokens=sum(a.prompt_tokens for a in self.answers),
            completion_tokens=sum(a.completion_tokens for a in self.answers),
            metrics=metrics,
            problem=run.problem.as_dict() if run.problem else None,
            problem_frame=run.problem_frame,
            layers=run.layers,
            notes=self.graph.notes,
            warnings=(*run.warnings, *remarks(run.trace)),
            rules=outcomes(run.trace, self._judged(), self.answers[-1].understood if self.answers else ()),
            fitted=self.fit,
        )

    def _judged(self) -> tuple[str, ...]:
        """The rules whose acting is told; a goal that numbers were found for is judged by what the script wants."""
        return self.spec.rules if self.fit is not None else self._rules()

    def _rules(self) -> tuple[str, ...]:
        """The rules in the numbers that scripts call them by; the goal is the last."""
        return self.spec.rules + ((self.spec.goal,) if self.spec.goal else ())

    def _report(self, run: Rollout, metrics: Metrics, result: JobResult) -> None:
        frames: list[Path] = []
        if self.spec.render and self.job.render is not None:
            from ..patterns.annotation import annotate
            from ..patterns.moments import salient

            self.tell("render")
            shown = frames_to_show(run.trace, [moment.frame for moment in salient(annotate(run.trace))])
            frames = self.job.render(run.trace, self.job.folder.path / "frames", shown)
        self.tell("report")
        scripts: list[dict[str, Any]] = [
            {**fate.model_dump(), "source": answer.script}
            for fate, answer in zip(self.fates, self.answers, strict=True)
        ]
        write = write_report if self.spec.report else write_record
        write(
            self.job.folder.path,
            ReportData(
                result=result.model_dump(mode="json", exclude={"metrics"}),
                trace=run.trace,
                metrics=metrics,
                rules=self.spec.rules,
                goal=self.spec.goal,
                scripts=scripts,
                printed=run.printed,
                frames=frames,
                start=self.job.start,
                writer=self.job.writer,
            ),
        )


def _fate(file: str, run: Rollout) -> ScriptFate:
    if run.problem is None:
        return ScriptFate(file=file, fate="ran")
    return ScriptFate(file=file, fate="failed", problem=run.problem.as_dict(), frame=run.problem_frame)
