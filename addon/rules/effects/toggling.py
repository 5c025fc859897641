"""Ways to say that what is on goes off and what is off goes on."""

from __future__ import annotations

from typing import Any

from ..deeds import deed
from ..grammar import REJECT, Grammar
from ..modifiers import Pairs, bag, in_turn, only
from .property import Toggle
from .switching import Owned

FLIPS = (
    "toggle",
    "flip",
    "invert",
    "reverse",
    "negate",
    "toggle * over",
    "switch * over",
    "change * over",
    "flip * over",
    "swap",
)
FLIPS_WITH = ("switch", "change", "turn", "flick", "put", "set", "flip", "toggle", "invert", "reverse", "move")
_IS, _GOES = "(is|was|were)", "(goes|becomes|turns|switches|is switched|comes|shall go|should go|should become|then)"
_THERE = (
    "(LPAR on (to|/|->) off , [and] off (to|->) on RPAR|LPAR off (to|->) on , [and] on (to|->) off RPAR|LPAR on (LT -> |/|LT - GT) off RPAR|on (becomes|to|->) off [,] [and] off (becomes|to|->) on|off (becomes|to|->) on [,] [and] on (becomes|to|->) off"
    f"|if it {_IS} on [,] it {_GOES} off [,|;] [and|but] if it {_IS} off [,] it {_GOES} on|if it {_IS} off [,] it {_GOES} on [,|;] [and|but] if it {_IS} on [,] it {_GOES} off)"
)
"""There and back, as what toggles something is told in full."""
_IF = "([if|when|in case] [it|he|she|they] (is|was|were|has been|are) [now|currently|before]|if|when)"
_TO = "[then] [it|they] [goes|go|becomes|turns|turns to|switches|switches to|comes|is switched|is turned|shall go|should go|to|turn it|switch it|put it|make it|set it|turns it|switches it|goes to]"
_AND = "[,|;|.] [and|or|but|otherwise|else]"
FLIP = [text for a, b in (("on", "off"), ("off", "on")) for text in (f"{_IF} {a} [,|:|->|-] {_TO} {b} {_AND} {_IF} {b} [,|:|->|-] {_TO} {a}", f"{_TO} {b} {_IF} {a} {_AND} {_TO} {a} {_IF} {b}")]  # fmt: skip
"""What goes on if it was off and off if it was on, told in full."""


def _toggle(owned: Owned, mods: Pairs, swap: bool) -> Any:
    said = bag(mods)
    if not only(said, "again", "turns", "swap") or (swap and "swap" not in said):
        return REJECT
    return in_turn(Toggle(thing=owned[0], key=owned[1]), said)


def add(g: Grammar) -> None:
    """Ways to say it."""
    swap: tuple[str, ...] = (
        "to [its|their] (other|opposite) [state|value|position|setting]", "to the opposite of its current [on / off] (state|value)",
        "[,] from on to off or from off to on", "[,] from on to off or vice versa", "the other way [round|around]",
        "over , from on to off or from off to on", "over from on to off or from off to on", "between on and off", "to what it is not",
        "from on to off and back", "over",
        "(its|their) (state|status|switch)", "(in|into|to) [the] (other|opposite) [state|position|value|setting]", f"[:|,] {_THERE}", f"(its|their) (state|status) [:|,] {_THERE}", f"over [:|,] {_THERE}",
    )  # fmt: skip
    swap += (
        "state",
        "status",
        "to whatever it is not",
        "on / off",
        "[LPAR|:|,|/] (on|off) [/] (LT ->|LT - GT|LT - >) [/] (off|on) [RPAR]",
        "[,] from on to off or (reverse|the reverse|in reverse|back|reversed|conversely|the other way round)",
        *(f"[:|,|;|.|-] {flip}" for flip in FLIP),
    )
    g.add("mod", swap, lambda f: ("swap", True))
    deed(g, lambda x, m: _toggle(x, m, False), verbs=FLIPS, does=("toggle", "flip", "invert", "swap over", "swap", "flip over"), nouns=("toggling", "inversion", "switching over", "reversal", "reversing", "changeover", "flipping"), thing="switch")  # fmt: skip
    deed(g, lambda x, m: _toggle(x, m, True), verbs=FLIPS_WITH, does=("change", "switch", "flip", "go", "turn", "swap", "toggle", "invert"), thing="switch")  # fmt: skip
    both = [
        f"(turn|switch|set) {{x:switch}} {a} (if|when) it is {b} , [and] {b} (if|when) it is {a}"
        for a, b in (("on", "off"), ("off", "on"))
    ]
    both += [
        "(turn|switch) {x:switch} off if it is on , [and|otherwise|else] [turn it|switch it] on [if it is off|otherwise]"
    ]
    both += [
        "{x:switch} [shall|should|must|is to|has to] (become|becomes|turn into|be|is set to|be set to|take|takes) [the] opposite of what it (was|is|has been) [before]",
        "{x:switch} (takes|take|gets|get|goes to|goes into|assumes|shall take|should take|changes to|switches to|turns to) [its|their] (other|opposite) (state|position|status|setting)",
        "{x:switch} (alternates|shall alternate|should alternate|switches|changes) between on and off",
        "(make|set|turn|switch) {x:switch} [to|be|into] [the] opposite of what it (is|was) [now|before]",
        "(state|status|switch) of {x:switch} (changes|flips|toggles|switches|reverses|inverts)",
        "{x:switch} 's (state|status) (changes|flips|toggles|switches|reverses|inverts)",
        "{x:switch} on / off toggle",
        "{x:switch} [:] (on|off) (LT ->|LT - GT|/) (on|off)",
        "(turn|switch) {x:switch} on or off , whichever it is not",
        *(f"(turn|switch|set|put) {{x:switch}} [:|,] {flip}" for flip in FLIP),
        *(f"{{x:switch}} [:|,|-|->] {flip}" for flip in FLIP),
        *(
            f"(if|when) {{x:switch}} is {a} [,] [then] (turn|switch) it {b} [,|;] [and|but|or] (if|when) it is {b} [,] [then] (turn|switch) it {a}"
            for a, b in (("on", "off"), ("off", "on"))
        ),
        "(reverse|invert|flip|change|swap) (the|) (state|status|value) of {x:switch}",
        "(state|status|value) of {x:switch} (is|shall be|gets|must be|should be|is to be) (inverted|reversed|flipped|changed|swapped|toggled)",
    ]
    g.add("clause", both, lambda f: _toggle(f["x"], (), False))
    flips = [f"{{r:rule_said}} [:|,|;|.|-] {flip}" for flip in (*FLIP, _THERE)]
    g.add("rule", flips, lambda f: f["r"] if all(isinstance(e, Toggle) for e in f["r"].effects) else REJECT)
