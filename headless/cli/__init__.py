"""The command line: a thin driver over the stages in ``addon``.

Exit codes: 0 done, 1 failed or stopped, 2 bad usage or input.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence

import typer

from addon.engine.protocol import EngineError, SceneFileError
from addon.executor import ScriptError, visible
from addon.jobs import FolderError, JobError
from addon.jobs.search import SearchError
from addon.models import AdvisedError
from addon.models.local import FetchError, ServerError
from addon.perception.errors import PictureError
from addon.rewards import DslError
from addon.scene_graph import SceneGraphError
from addon.trace import DiskFullError, TraceError
from addon.worlds.errors import WorldError

from ..benchmarks.physibench import MachineError
from ..benchmarks.questions.errors import DrawError
from ..discovery.errors import DiscoveryError
from ..interrupt import STOPPED, interrupt
from ..learning.errors import LearningError
from . import (
    annotate,
    bench,
    discover,
    execute,
    goals,
    learning,
    model,
    optimise,
    parse,
    patterns,
    physibench,
    puzzles,
    questions,
    reward,
    rules,
    run,
    score,
    summaries,
    traces,
    why,
    world,
    worlds,
)
from .output import print_json

BAD_INPUT = (
    SceneGraphError, SceneFileError, DslError, TraceError, MachineError, FolderError, WorldError, SearchError,
    LearningError, PictureError, DiscoveryError, DrawError,
)  # fmt: skip
FAILED = (EngineError, JobError, FetchError, ServerError, DiskFullError)

INTERRUPTED = 130
"""The exit code that the library of commands gives where the user stops one."""

app = typer.Typer(
    name="headless",
    help="Code as Dynamics without a window.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("optimise")(optimise.optimise)
app.command("world")(world.world)
app.command("library")(world.library)
app.command("parse")(parse.parse)
app.command("annotate")(annotate.annotate)
app.command("discover")(discover.discover)
app.command("score")(score.score)
app.command("reward")(reward.reward)
app.command("rules")(rules.rules)
app.command("why")(why.why)
app.command("import")(traces.import_traces)
app.command("export")(traces.export_trace)
app.command("contacts")(traces.contacts)
app.command(
    "execute", context_settings={"allow_extra_args": True, "ignore_unknown_options": True}, add_help_option=False
)(execute.execute)
app.add_typer(physibench.app, name="physibench")
app.add_typer(worlds.app, name="worlds")
app.add_typer(puzzles.app, name="puzzles")
app.add_typer(goals.app, name="goals")
app.add_typer(patterns.app, name="patterns")
app.add_typer(questions.app, name="questions")
app.add_typer(summaries.app, name="summaries")
app.add_typer(learning.app, name="learning")
app.add_typer(bench.app, name="bench")
app.add_typer(model.app, name="model")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors become one readable message on standard error, and with
    ``--json`` an object with that message on standard output."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code, message = _main(words)
    except Exception:
        if not interrupt.asked:
            raise
        code, message = 1, STOPPED
    if message and interrupt.asked:
        code, message = 1, STOPPED
    if message:
        print(visible(f"error: {message}"), file=sys.stderr)
        _as_json(words, message)
    return code


def _as_json(words: Sequence[str], message: str) -> None:
    if "--json" in words:
        print_json({"error": message})


def _main(words: Sequence[str]) -> tuple[int, str]:
    """The exit code of a command, and what is still to be told of it."""
    try:
        app(args=list(words))
    except SystemExit as done:
        if done.code == INTERRUPTED:
            return 1, STOPPED
        misused = getattr(done.__context__, "format_message", None)  # bad usage, which typer has told in its frame
        if misused is not None:
            _as_json(words, misused())
        return (done.code if isinstance(done.code, int) else 0), ""
    except KeyboardInterrupt:
        return 1, STOPPED
    except BAD_INPUT as error:
        return 2, str(error)
    except AdvisedError as error:
        return (2 if error.is_input else 1), str(error)
    except FAILED as error:
        return 1, str(error)
    except ScriptError as error:
        return (2 if error.kind in ("syntax", "refused") else 1), error.text()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return 1, (
                f"the disk is full: {error.filename or 'a file'} could not be written; nothing was left half-written. "
                "Make room, or choose a folder on another disk with --out"
            )
        return 1, f"{error.filename or 'a file'}: {error.strerror or error}"
    return 0, ""
