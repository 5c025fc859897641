"""The document "What you can say", made from the families' examples and what they tell of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

from . import conditions, effects
from .conditions import logic, time
from .effects import later
from .model import Condition, Effect
from .read import Reading, read
from .room import room
from .vocabulary import Vocabulary

_HEAD = """# What you can say

Written by `python scripts/write_docs.py` from the families of `addon/rules`.

A rule says when what is done: *When Ball touches Plate, open Door*. These are examples, each with the line in which the
reader tells how it understood it; many other words are read the same way. Names, numbers and units are your own. A rule
of which a word is left over, or that can mean two things, is refused with the words that nothing explains. No language
model takes part in that; with one, a rule that words do not settle may still be read, and the line then says that the
model chose it.

- **Once or again**: *when*, *if*, *as soon as* act once; *whenever*, *each time* act each time; *as long as*, *while* act
  as long as it is so, and undo at its end what can be undone.
- **Then**: effects are joined by *and*, and follow one another by *then*, *2 s later* or a second sentence.
- **Units**: mm, cm, m, km, ms, s, min, degrees, rad, turns, m/s, km/h, %, and numbers in figures or words. A number
  without a unit is no length and no time.
- **Names** in any case, quoted or not; *all crates*, *each crate*, *any crate* by name stem, class, tag or collection.

## Changing rules in words

Rules that stand are changed by saying what is to be different (`python -m headless rules SCENE --rules "…" --change "…"`,
`addon.rules.changes`). The new rule is read again, and has to come out as the old one with just that changed; the
difference is told (*Door opens within 3 s instead of 0.5 s*). What can mean several rules is asked, and what is not
understood changes nothing.

- **Which**: *the door*, *close the door*, *the blinking*, *rule 2*, *the last one*, *it* (selected or changed last), *both*.
- **How much**: *over 3 s*, *by 30 cm*, *to the left*, *blue*, *half as high*, *20 N harder*, *the other way*. A comparison
  alone doubles or halves; *a bit* is half as much again, *much* four times.
- **When**: *half a second later*, *after 2 s*, *when Box hits it instead*, *only if Lamp is on*, *only the first time*, *every
  third time*. *Later* alone is 1 s, *a bit later* 0.5 s.
- **What**: *also turn Lamp on*, *then close it*, *close it after 2 s*, *Crate 3 too*, *not Lamp*, *Box instead of Ball*,
  *forget rule 2*, a whole new rule, *undo that*, *redo*. What is taken back *again* without a time is so 1 s later.

## Why a rule did not act

    python -m headless why runs/first --rule 2 --prove

tells it of a finished run, with the changes that mend it; with `--prove` the scene is run again with each, and what comes of it
is told. Causes are what the run shows: it never came near enough, and by how much; it ended too soon; nothing moved what was
to move; a number was not reached; something else was not so then; the rule waits for another one, and that did not act.
"""


def rules_document() -> str:
    """The whole document as Markdown."""
    vocabulary = Vocabulary(room())
    tables = [
        ("What a rule can wait for", (*conditions.FAMILIES, time)),
        ("Conditions together", (logic,)),
        ("What a rule can do", tuple(f for f in effects.FAMILIES if f is not later)),
    ]
    parts = [_HEAD, *(_table(title, families, vocabulary) for title, families in tables), _refused()]
    return "\n".join(parts)


def examples() -> list[str]:
    """An example of each thing that a rule can wait for, and of each that it can do."""
    families = (*conditions.FAMILIES, time, *(f for f in effects.FAMILIES if f is not later))
    return list(dict.fromkeys(kind.examples[0] for family in families for kind in kinds_of(family)))


def _table(title: str, families: Sequence[ModuleType], vocabulary: Vocabulary) -> str:
    lines = [f"## {title}", "", "| what | for example | understood as |", "|---|---|---|"]
    kinds = dict.fromkeys(kind for family in families for kind in kinds_of(family))
    for kind in kinds:
        told = _cell((kind.__doc__ or "").strip().split("\n\n")[0])
        for text in kind.examples:
            lines.append(f"| {told} | {_cell(text)} | {_cell(_understood(text, vocabulary))} |")
            told = ""
    return "\n".join(lines) + "\n"


def kinds_of(family: ModuleType) -> list[Any]:
    """The conditions and effects that a family has ways to say and that show examples, in the order of its source."""
    named: list[Any] = [t for t in vars(family).values() if isinstance(t, type) and issubclass(t, Condition | Effect)]
    own = [t for t in named if t.__module__ == family.__name__] or named
    return [t for t in own if getattr(t, "examples", ())]


def _understood(text: str, vocabulary: Vocabulary) -> str:
    found = read(text, vocabulary)
    assert isinstance(found, Reading), str(found)
    return found.sentence


def _cell(text: str) -> str:
    return " ".join(text.replace("``", "`").replace("|", "\\|").split())


def _refused() -> str:
    """What is refused by name."""
    lines: Iterable[str] = (f"- {reason} by rules yet" for reason in later.REASONS)
    return "\n".join(["## What rules cannot do yet", "", "Such a rule is refused with these words:", "", *lines, ""])
