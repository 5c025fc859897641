"""``reward``: a goal in English as an expression of the reward language."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from addon.coder.choose import open_chat, resolve
from addon.models import Picture
from addon.rewards.synthesis import Reward, Synthesis

from ..scenes import load_graph
from .output import engine_words_to_stderr, err, out, print_json
from .progress import Bar

CODER_HELP = "The model: openai, local, paste:DIR, or auto."


@contextlib.contextmanager
def open_synthesis(coder: str, answers: Path | None = None) -> Iterator[Synthesis]:
    """What makes rewards with the model of a coder's name. Raises BadParameter for coders without a model."""
    name, why = resolve(coder)
    err.print(why, style="dim", highlight=False)
    with open_chat(name, answers, small=True) as chat:
        if chat is None:
            raise typer.BadParameter(f"'{name}' has no model; choose openai, local or paste:DIR", param_hint="--coder")
        client, model = chat
        given: dict[str, Any] | None = {} if name.startswith("paste:") else None
        yield Synthesis(client, model, small=name == "local", parameters=given)


def reward(
    goal: Annotated[str, typer.Argument(help="What is to happen, in English.")],
    scene: Annotated[str, typer.Option("--scene", help="A .blend, a scene graph or machine .json, or an example.")],
    coder: Annotated[str, typer.Option(help=CODER_HELP)] = "auto",
    picture: Annotated[list[Path] | None, typer.Option(help="A picture of the scene, for a model that sees.")] = None,
    answers: Annotated[Path | None, typer.Option(help="Folder in which the model's answers are kept.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print all that is known of the reward as JSON.")] = False,
) -> None:
    """Turn a goal into a reward, read it back in English, or refuse what cannot be said."""
    if answers is not None and coder.startswith("paste:"):
        raise typer.BadParameter("paste:DIR keeps the answers in DIR itself", param_hint="--answers")
    with engine_words_to_stderr():
        graph = load_graph(scene)
    pictures = [Picture.read(path) for path in picture or ()]
    with open_synthesis(coder, answers) as synthesis, Bar() as bar:
        made = synthesis.reward(goal, graph, pictures, bar.text)
    if json:
        print_json(told(made))
        return
    out.print(str(made.expression), highlight=False, markup=False, soft_wrap=True)
    tell(made)


def tell(made: Reward) -> None:
    """Tell on standard error what a reward means."""
    err.print(f"wanted: {made.english}", highlight=False, markup=False, soft_wrap=True)
    for remark in made.remarks:
        err.print(f"note: {remark}", highlight=False, markup=False, soft_wrap=True)


def told(made: Reward) -> dict[str, Any]:
    """All that is known of a reward, as plain values."""
    return {
        "goal": made.goal,
        "reward": str(made.expression),
        "english": made.english,
        "remarks": list(made.remarks),
        "model": made.model,
        "prompt_version": made.prompt_version,
        "attempts": [{"answer": answer, "problem": problem} for answer, problem in made.attempts],
        "requests": made.requests,
        "prompt_tokens": made.prompt_tokens,
        "completion_tokens": made.completion_tokens,
    }
