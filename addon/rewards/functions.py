"""The functions of the language: their arguments and what they mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """One function: its arguments in order, of which the first ``least`` must be given, and when it holds.

    `LOGIC` has no arguments by name. ``meaning`` is of calls as ``call`` writes them.
    """

    name: str
    arguments: tuple[str, ...]
    least: int
    meaning: str
    call: str = ""

    @property
    def written(self) -> str:
        """A call as it is written."""
        return f"{self.name}({self.call or ', '.join(self.arguments)})"


SPAN = ("since", "until")
PAIR = ("uid_a", "uid_b")
BOTH = ("first_params", "second_params")

_ALL = (
    Function("AND", (), 1, "all hold", "a, b, …"),
    Function("OR", (), 1, "at least one holds", "a, b, …"),
    Function("NOT", (), 1, "it does not hold", "a"),
    Function("EVENT", ("uid", "params", *SPAN), 1, "the event occurs"),
    Function(
        "AFTER",
        (*PAIR, "min_delta", "max_delta", *BOTH),
        2,
        "some a begins after some b, by at least and at most so many seconds; with `min_delta=0` they may be at the "
        "same time",
    ),
    Function(
        "WITHIN",
        (*PAIR, "window", "event_params", "reference_params"),
        3,
        "some a begins after some b, at most `window` seconds later",
    ),
    Function("ONLY_AFTER", (*PAIR, *BOTH), 2, "no a begins before the first b has; it holds too if there is no a"),
    Function("COUNT", ("uid", "count", "params", *SPAN), 2, "it occurs exactly `count` times"),
    Function("GT", ("uid", "count", "params", *SPAN), 2, "it occurs more than `count` times"),
    Function("LT", ("uid", "count", "params", *SPAN), 2, "it occurs fewer than `count` times"),
    Function("SAME_COUNT", (*PAIR, *BOTH), 2, "a and b occur equally often; it holds too if neither does"),
    Function(
        "NEARBY_AT",
        ("obj_id", "x", "y", "z", "t", "threshold_strength"),
        3,
        "the object's origin is near a point at the time `t`; in a planar scene there is no `z`",
    ),
    Function(
        "NEARBY",
        ("obj_a", "obj_b", "t", "threshold_strength"),
        3,
        "the surfaces of two objects are near each other at the time `t`",
    ),
    Function("TOUCHING", ("obj_a", "obj_b", "t"), 3, "two objects touch at the time `t`"),
    Function(
        "OBJECT_ID",
        ("color", "shape"),
        2,
        'stands for the one object of that colour and shape, where an object may stand; `"any"` fits all',
    ),
)

FUNCTIONS = {function.name: function for function in _ALL}
LOGIC = ("AND", "OR", "NOT")


def functions_table() -> str:
    """What there is, as a table in Markdown."""
    rows = [("call", "holds if"), ("---", "---"), *((f"`{f.written}`", f.meaning) for f in _ALL)]
    return "".join(f"| {call} | {meaning} |\n" for call, meaning in rows)
