"""Puts a transition script together: the code of the rules and the helper functions that it calls.

A model that writes a rule in a few calls of known helpers makes fewer mistakes than one that keeps the state
of delays and motions itself, so the helpers' source (``rules/runtime``) is told in the prompt and put
beside the code, which stays plain Python that the executor runs as it is: after the rules, which are what somebody
reads, and in front of free code, which calls them at once.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..executor import ScriptError, lines_of, parse
from .idle import PAIR_HELPERS, SHARED, Waits, waits_of

RUNTIME = Path(__file__).resolve().parents[1] / "rules" / "runtime"

ADVANCERS = {
    "advance_motions": frozenset({"glide", "turn", "swing_back", "resize"}),
    "advance_cycles": frozenset({"set_swaying", "orbit", "spin_on"}),
    "advance_ties": frozenset({"follow", "look_at"}),
    "advance_looks": frozenset({"begin_fade", "blink"}),
    "advance_pushes": frozenset({"push_on"}),
}
"""What is called at the end of every step where one of some helpers is used, in this order."""

HELPERS = "# Helpers of this script\n"
STEP = "# What is done in each step\n"
"""Comments in front of the parts of a script."""

GIVEN = frozenset({"objects", "now"})
"""Names that are set in front of a script which reads them; the executor brings modules by itself."""


INNER = frozenset(
    [
        "contact",
        "fires",
        "times_fired",
        *("side", "side_of", "still_since", "is_rest", "pose", "upright_axis", "slant", "angle_between"),
        *("compared_tilt", "compared_turn", "compared_way"),
        "keep_homes",
        "moved_by_physics",
        "is_free",
        "set_moving",
        "set_swaying",
        "half_height",
        "start_pose",
        "grows",
        "ever",
        "advance_cycles",
        "advance_ties",
        "swing_back",
        "restore_gravity",
        "rest",
        "acting",
        *(
            "surface",
            "look_channel",
            "look_now",
            "set_look",
            "planned",
            "begin_fade",
            "looks_asked",
            "ask_look",
            "ask_look_no_more",
            "look_wanted",
        ),
        *(
            "brightest",
            "light_now",
            "last_said",
            "to_shine",
            "shine_without",
            "shine_no_more",
            "shine_with",
            "light_up",
            "glow_color",
            "brightness",
        ),
        *("blink_on", "stop_blinking", "advance_looks", "restore", "is_over", "latest"),
        *("push_on", "push_no_more", "push_once", "stop_pushing", "at_first", "circle", "carry", "advance_pushes"),
    ]
)
"""Helpers that others need and nobody calls who writes a script: it pushes bodies by their own methods."""


@dataclass(frozen=True)
class Helper:
    """One function of the library; ``uses`` are the names that it reads, ``minimum`` the arguments that it needs."""

    name: str
    source: str
    signature: str
    summary: str
    parameters: tuple[str, ...]
    minimum: int
    uses: frozenset[str]


@cache
def library() -> dict[str, Helper]:
    """The helpers by name, in the order of their files."""
    found: dict[str, Helper] = {}
    for path in sorted(RUNTIME.glob("*.py")):
        found |= helpers_in(path)
    return found


def helpers_in(path: Path) -> dict[str, Helper]:
    """The helpers of one file by name, in its order."""
    text = path.read_text(encoding="utf-8")
    functions = [s for s in ast.parse(text).body if isinstance(s, ast.FunctionDef)]
    return {f.name: _helper(f, text) for f in functions}


def _helper(function: ast.FunctionDef, text: str) -> Helper:
    arguments = function.args
    return Helper(
        name=function.name,
        source=ast.get_source_segment(text, function) or "",
        signature=f"{function.name}({ast.unparse(arguments)})",
        summary=(ast.get_docstring(function) or "").splitlines()[0],
        parameters=tuple(a.arg for a in arguments.args),
        minimum=len(arguments.args) - len(arguments.defaults),
        uses=frozenset(names(function)),
    )


def names(tree: ast.AST) -> set[str]:
    """All names that a tree reads."""
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def defined(tree: ast.AST) -> set[str]:
    """Names of all functions that a tree defines."""
    return {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}


def link(code: str, helpers: Mapping[str, Helper] | None = None, functions: str = "") -> str:
    """The code with the helpers that it calls in front, and with the names that every script is promised.

    ``functions`` that the code calls are put in front of all, as they call helpers but are not called before these are
    there. Code that needs neither, or is no Python, comes back as it is. The helpers are those of the library unless
    others are given.
    """
    helpers = library() if helpers is None else helpers
    whole = f"{functions}\n\n{code}" if functions else code
    try:
        tree = parse(whole)
    except ScriptError:
        return whole
    wanted = _closure(names(tree) - defined(tree), helpers)
    if not wanted:
        return f"{_header([])}\n\n{whole}" if GIVEN & _unbound(tree) else whole
    pairs = [] if "contact" in names(tree) else _pairs(tree)
    wanted = _closure(set(wanted) | ({"contact"} if pairs else set()), helpers)
    advancers = [name for name, movers in ADVANCERS.items() if movers & set(wanted)]
    homes = "go_home" in wanted
    wanted = _closure({*wanted, *advancers, *(["keep_homes"] if homes else [])}, helpers)
    called = [helper for helper in helpers.values() if helper.name in wanted]
    sources = [helper.source + "\n" for helper in called]
    steps = [f"for a, b in {pairs!r}:\n    contact(a, b)\n"] if pairs else []
    steps += ["keep_homes()\n"] if homes else []
    steps += [code.strip("\n") + "\n", *(f"{name}()\n" for name in advancers if name not in names(tree))]
    sources[0], steps[0] = HELPERS + sources[0], STEP + steps[0]
    return "\n\n".join([_header(called), *([functions] if functions else []), *sources, *steps])


def _unbound(tree: ast.AST) -> set[str]:
    """Names that a tree reads and nowhere sets."""
    bound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    bound |= {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)}
    return names(tree) - bound - defined(tree)


def _header(called: Iterable[Helper]) -> str:
    used = frozenset[str]().union(*(helper.uses for helper in called))
    lines = ["import bpy", *(f"import {module}" for module in ("math", "mathutils") if module in used)]
    return "\n".join([*lines, "", "objects = bpy.data.objects", "now = (frame - 1) * dt", "rule = 0", ""])


def _closure(used: set[str], helpers: Mapping[str, Helper]) -> list[str]:
    """The helpers among some names, with the helpers that those call."""
    todo, found = sorted(used & set(helpers)), set[str]()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo.extend(sorted(helpers[name].uses & set(helpers)))
    return sorted(found)


def _pairs(tree: ast.AST) -> list[tuple[str, str]]:
    """Pairs of objects that the code asks about by constant names, in the order of the code."""
    found: dict[tuple[str, str], None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PAIR_HELPERS:
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            for a, b in zip(texts[::2], texts[1::2], strict=False):
                if (b, a) not in found:
                    found[a, b] = None
    return list(found)


def compose(rules: Sequence[str], snippets: Sequence[str], helpers: Mapping[str, Helper] | None = None) -> str:
    """One script of one piece of code a rule: each becomes a function of its own, called in the rules' order.

    See `link` for ``helpers``.
    """
    return link(_calls(len(rules)), helpers, _functions(rules, snippets))


def compose_read(rules: Sequence[str], snippets: Sequence[str], sentences: Sequence[str] = ()) -> str:
    """`compose` for code of readings, which are told by ``sentences``: what has no more to do is not asked, and steps
    that do nothing are left out."""
    waits = {number: waits for number, code in enumerate(snippets, 1) if (waits := waits_of(code)) is not None}
    functions = _functions(rules, snippets, sentences)
    if len(waits) < len(snippets):
        return link(_calls(len(rules)), None, functions)
    lines = [f"acts = acting({_together(waits)!r})\n"]
    if asking := _asking(waits):
        lines.append(
            f"for a, b, asking in {asking!r}:\n    if any(n in acts for n in asking):\n        contact(a, b)\n"
        )
    lines += [f"if {number} in acts:\n    rule = {number}\n    rule_{number}()\n" for number in waits]
    times = sorted({time for one in waits.values() for time in one.times})
    lines.append(f"wake_at({', '.join(map(repr, times))})\n")
    return link("".join([*lines, "idle()\n"]), None, functions)


def _calls(count: int) -> str:
    """What calls the functions of rules."""
    return "".join(f"rule = {number}\nrule_{number}()\n" for number in range(1, count + 1))


def _together(waits: Mapping[int, Waits]) -> list[tuple[tuple[int, ...], tuple[tuple[int, str], ...]]]:
    """The numbers of rules that are over together, with the moments after which they are, those of each rule; none for
    what is never over. Rules that remember things for each other go together."""
    shared = [number for number, one in waits.items() if SHARED & set(_closure(set(one.calls), library()))]
    groups = [[number] for number in waits if number not in shared] + [shared] * bool(shared)
    return [(tuple(group), _moments({number: waits[number].moments for number in group})) for group in groups]


def _moments(named: Mapping[int, tuple[str, ...]]) -> tuple[tuple[int, str], ...]:
    return tuple((number, name) for number, names in named.items() for name in names) if all(named.values()) else ()


def _asking(waits: Mapping[int, Waits]) -> list[tuple[str, str, tuple[int, ...]]]:
    """The pairs that rules ask about, each with the numbers of these rules."""
    found: dict[tuple[str, str], dict[int, None]] = {}
    for number, one in waits.items():
        for a, b in one.pairs:
            found.setdefault((b, a) if (b, a) in found else (a, b), {})[number] = None
    return [(*pair, tuple(numbers)) for pair, numbers in found.items()]


def _functions(rules: Sequence[str], snippets: Sequence[str], sentences: Sequence[str] = ()) -> str:
    """A function a rule, under what the rule says and how it is understood, as far as that is known."""
    functions = []
    for number, (rule, code) in enumerate(zip(rules, snippets, strict=True), 1):
        told = [rule, *(f"Understood as: {sentence}" for sentence in sentences[number - 1 : number])]
        comment = "".join("# " + " ".join(line.split()) + "\n" for line in told)
        functions.append(f"{comment}def rule_{number}():\n{_indented(code.strip(chr(10)))}\n")
    return "\n\n".join(functions)


def _indented(code: str) -> str:
    """The code one level deeper; `textwrap.indent` also breaks lines at characters that may stand in a text."""
    return "\n".join(f"    {line}" if line.strip() else line for line in lines_of(code))


def pieces(script: str) -> dict[int, tuple[str, range]]:
    """The rules' code in a composed script by number, each with its lines in the script (counted from 1).

    What is not Python has none. Raises ScriptError where that cannot be told, as when reading it takes too long.
    """
    found: dict[int, tuple[str, range]] = {}
    try:
        tree = parse(script)
    except ScriptError as error:
        if error.kind != "syntax":
            raise
        return found
    lines = lines_of(script)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("rule_") and node.name[5:].isdigit():
            first, last = node.body[0].lineno, node.end_lineno or node.lineno
            code = textwrap.dedent("\n".join(lines[first - 1 : last])) + "\n"
            found[int(node.name[5:])] = (code, range(first, last + 1))
    return found
