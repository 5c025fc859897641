"""``why``: why a rule of a finished run did not act, an object flew away or the script failed, and what mends it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addon.jobs import FolderError
from addon.jobs.why import Answer, answers, case_of

from ..engines import engine_for
from .inputs import GIVE
from .output import engine_words_to_stderr, out, print_json

if TYPE_CHECKING:
    from addon.jobs.why import Case, Mend


def why(
    folder: Annotated[Path, typer.Argument(help="The folder of a finished run.")],
    rule: Annotated[int | None, typer.Option("--rule", help="Ask of this rule alone, counted from 1.")] = None,
    name: Annotated[str | None, typer.Option("--object", help="Ask of this object alone.")] = None,
    prove: Annotated[
        bool, typer.Option("--prove", help="Run the scene graph again with each mend and tell what comes of it.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the causes as JSON.")] = False,
) -> None:
    """Tell why rules did not act, objects flew away or the script failed, each with what mends it."""
    if not (folder / "job.json").is_file():
        raise FolderError(f"{folder} is no run's folder: it has no job.json; {GIVE}")
    case = case_of(folder)
    _check(case, rule, name)
    found = [one for one in answers(case) if (rule is None and name is None) or _is_asked(one, rule, name)]
    told = [_told(case, one, prove) for one in found]
    if json:
        print_json({"answers": told})
        return
    if not told:
        out.print(_nothing(case, rule, name), highlight=False, soft_wrap=True)
    for answer in told:
        lead = f"{answer['told']}: {answer['text']}" if answer["text"] else answer["told"]
        out.print(f"{lead[:1].upper()}{lead[1:]}", highlight=False, soft_wrap=True)
        for cause in answer["causes"]:
            out.print(f"  {cause['text']}", highlight=False, soft_wrap=True)
            for mend in cause["mends"]:
                proof = f" ({mend['proof']['told']})" if prove else ""
                out.print(f"  - {mend['words']}{proof}", highlight=False, soft_wrap=True)


def _check(case: Case, rule: int | None, name: str | None) -> None:
    """Raise BadParameter for a rule or an object that the run does not have."""
    if rule is not None and not 1 <= rule <= len(case.rules):
        have = f"rules 1 to {len(case.rules)}" if case.rules else "no rules"
        raise typer.BadParameter(f"there is no rule {rule}; the run has {have}", param_hint="--rule")
    if name is not None and name not in case.objects:
        raise typer.BadParameter(f"there is no '{name}'; the run has {', '.join(case.objects)}", param_hint="--object")


def _is_asked(one: Answer, rule: int | None, name: str | None) -> bool:
    return (rule is not None and one.rule == rule) or (name is not None and one.object == name)


def _told(case: Case, one: Answer, prove: bool) -> dict[str, Any]:
    """An answer as plain data, each mend with what comes of it."""
    told = one.model_dump(mode="json")
    if prove:
        for cause, shown in zip(one.causes, told["causes"], strict=True):
            for mend, data in zip(cause.mends, shown["mends"], strict=True):
                data["proof"] = _proof(case, one, mend)
    return told


def _proof(case: Case, one: Answer, mend: Mend) -> dict[str, Any]:
    from addon.jobs.why.proof import proof

    with engine_words_to_stderr():
        found = proof(case, one, mend, engine_for)
    return {"holds": found.holds, "told": found.told}


def _nothing(case: Case, rule: int | None, name: str | None) -> str:
    """What is told where no cause is known."""
    outcome = next((one for one in case.outcomes if one.number == rule), None)
    if outcome is not None:
        return f"Rule {rule}: {outcome.line(case.fps)}"
    if name is not None:
        return f"{name} did not fly away, or nothing in the run tells why"
    silent = [one.number for one in case.outcomes if not one.fired]
    if silent:
        return f"Nothing in the run tells why rule {silent[0]} did not act"
    return "Every rule acted, no script failed and nothing flew away"
