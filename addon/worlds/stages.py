"""The stages of the pipeline that can be left out, to see what each is worth: the ablations of Code2Worlds."""

from __future__ import annotations

from .errors import WorldError

STAGES: dict[str, str] = {
    "retrieval": "by words only the own names of the library's things are known, no other names and no kinds; a model "
    "sees the names alone, and no parameters",
    "planner": "each thing that the sentence names is there once, at any place, and the first verb is what the first "
    "thing does",
    "resolver": "the numbers of sun, sky and fog are drawn from wide ranges, whatever the setting says, and unguarded",
    "object critic": "things are not looked at before they are used",
    "motion critic": "one round: what the critic finds is kept, and nothing is mended",
}
"""Each stage with what is done where it is left out."""


def stages_named(text: str) -> tuple[str, ...]:
    """The stages in a list with commas, in the order of `STAGES`. Raises WorldError with those that there are."""
    named = [" ".join(part.replace("_", " ").replace("-", " ").split()).lower() for part in text.split(",")]
    named = [name for name in named if name]
    if unknown := next((name for name in named if name not in STAGES), None):
        raise WorldError(f"'{unknown}' is no stage that can be left out; there are {', '.join(STAGES)}")
    return tuple(stage for stage in STAGES if stage in named)
