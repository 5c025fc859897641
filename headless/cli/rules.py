"""``rules``: rules as they are understood in a scene, and changed in words; nothing is run."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from addon.rules import Refusal, Vocabulary
from addon.rules.changes import Change, History, Unchanged, change
from addon.rules.changes.proof import Reader
from addon.scene_graph import SceneGraph

from ..scenes import load_graph
from .output import engine_words_to_stderr, err, out, print_json
from .run import rules_of


def rules(
    scene: Annotated[str, typer.Argument(help="A .blend, a scene graph or machine .json, or an example.")],
    given: Annotated[
        list[str], typer.Option("--rules", help="Rules in English, or a file that holds them; repeatable.")
    ],
    changes: Annotated[
        list[str] | None,
        typer.Option("--change", help="What is to be different, in words, one after the other; repeatable."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print rules, readings and changes as JSON.")] = False,
) -> None:
    """Tell how rules are understood, and print them as they are after changes in words."""
    with engine_words_to_stderr():
        graph = load_graph(scene)
    history, done = _changed(History.of(tuple(rule for text in given for rule in rules_of(text))), changes or [], graph)
    found, _ = Reader(Vocabulary(graph)).read(history.rules)
    refused = [one for one in found if isinstance(one, Refusal)]
    if refused:
        raise typer.BadParameter("\n".join(map(str, refused)), param_hint="--rules")
    told = ["" if isinstance(one, Refusal) else one.sentence for one in found]
    if json:
        read = [{"text": text, "understood": said} for text, said in zip(history.rules, told, strict=True)]
        edits = [{"said": one.said, "edits": [asdict(edit) for edit in one.edits]} for one in done]
        print_json({"rules": read, "changes": edits})
        return
    for number, (text, said) in enumerate(zip(history.rules, told, strict=True), 1):
        out.print(text, highlight=False, markup=False, soft_wrap=True)
        err.print(f"rule {number}: {said}", highlight=False, markup=False, soft_wrap=True)


def _changed(history: History, wishes: list[str], graph: SceneGraph) -> tuple[History, list[Change]]:
    """The rules after changes, each of which is told. Raises BadParameter for one that changes nothing."""
    scene, last = Vocabulary(graph), None
    done: list[Change] = []
    for said in wishes:
        found = change(said, history, scene, last)
        if isinstance(found, Unchanged):
            raise typer.BadParameter(str(found), param_hint="--change")
        for edit in found.edits:
            err.print(str(edit), highlight=False, markup=False, soft_wrap=True)
        history, last = found.history, found.last
        done.append(found)
    return history, done
