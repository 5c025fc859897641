"""The language of transition scripts in words, made from the allow-lists: short for prompts, and as a document."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from inspect import cleandoc
from pathlib import Path

from . import language
from .budgets import Budgets

LISTING_1 = """\
import bpy

# Scene Context: Ball is falling
ball = bpy.data.objects['Sphere']
gravity = -9.8
dt = 0.1
# LLM Generated Update Logic
ball.location.z += ball.velocity.z * dt
ball.velocity.z += gravity * dt
# Collision Logic
if ball.location.z < 0:
    ball.location.z = 0
    ball.velocity.z *= -0.8 # Bounce
"""
"""Code as Dynamics, Listing 1, letter by letter."""

_WORKER = Path(__file__).with_name("worker")
_KINDS = {"Vector": "vectors.py", "Quaternion": "rotations.py", "Euler": "rotations.py", "Matrix": "matrices.py"}
_OPERATORS = {
    "Vector": "`a + b`, `a - b`, `a * 2`, `a * b` (each number), `a / 2`, `-a`, `a @ b` (dot product), `a @ matrix`, "
    "`==`, `<` (by length), `a[0]`, `a[:2]`, `x, y, z = a`, and several axes at once: `a.xy`",
    "Quaternion": "`q @ p` (first p, then q), `q @ vector`, `q * 2`, `q + p`, `q - p`, `-q`, `==`",
    "Euler": "`e.x`, `e[0]`, `==`; made with `Euler((x, y, z), 'XYZ')` in radians",
    "Matrix": "`m @ n`, `m @ vector`, `m * 2`, `m + n`, `m - n`, `==`, `m[0][3]`, `m.translation.x = 1`",
}
_STATEMENTS = {
    "if": ast.If,
    "for": ast.For,
    "while": ast.While,
    "try": ast.Try,
    "raise": ast.Raise,
    "assert": ast.Assert,
    "def": ast.FunctionDef,
    "lambda": ast.Lambda,
    "global": ast.Global,
    "nonlocal": ast.Nonlocal,
    "del": ast.Delete,
    "comprehensions": ast.ListComp,
    "f-strings": ast.JoinedStr,
    ":=": ast.NamedExpr,
    "class": ast.ClassDef,
    "with": ast.With,
    "match": ast.Match,
    "yield": ast.Yield,
    "async": ast.AsyncFunctionDef,
    "await": ast.Await,
    "except*": ast.TryStar,
}


@dataclass(frozen=True)
class Section:
    """One table: what it is about, and name, meaning and whether scripts may write it for each entry."""

    title: str
    rows: tuple[tuple[str, str, bool], ...]


def sections() -> list[Section]:
    """The tables of all names with a meaning of their own."""
    return [
        Section("names", tuple((name, text, False) for name, text in language.SCRIPT_NAMES.items())),
        _section('object = bpy.data.objects["Name"]', language.OBJECT_FIELDS),
        _section("object.rigid_body", language.BODY_FIELDS),
        _section("object.rigid_body_constraint", language.CONSTRAINT_FIELDS),
        _section("scene = bpy.context.scene", language.SCENE_FIELDS),
        _section("scene.rigidbody_world", language.PHYSICS_FIELDS),
    ]


def _section(title: str, meanings: Mapping[str, str]) -> Section:
    rows = [(name, text, name in language.WRITABLE and "read only" not in text) for name, text in meanings.items()]
    return Section(title, tuple(rows))


@cache
def members(kind: str) -> tuple[str, ...]:
    """What scripts may use of Vector, Quaternion, Euler or Matrix, as ``lerp(other, factor)`` or ``length``.

    Taken from the worker's own source, for the host never imports it, and from what the gate lets pass.
    """
    own = _class(_KINDS[kind], kind)
    shared = [] if kind == "Matrix" else _class("values.py", "Values")
    return tuple(sorted({*_signatures(own), *_signatures(shared)}, key=lambda text: (text.lower(), text)))


def _class(file: str, name: str) -> list[ast.stmt]:
    tree = ast.parse((_WORKER / file).read_text(encoding="utf-8"))
    return next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)


def _signatures(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.Assign):
            names = [n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)]
            yield from (name for name in names if name in language.READABLE)
        elif isinstance(node, ast.FunctionDef) and node.name in language.READABLE:
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            if not marks or marks == ["classmethod"]:
                yield f"{node.name}({_arguments(node.args)})"
            elif marks == ["property"]:
                yield node.name


def _arguments(arguments: ast.arguments) -> str:
    """Of a method, without the object itself; names alone, with ``=...`` where there is a default."""
    names = [a.arg for a in arguments.args]
    first = len(names) - len(arguments.defaults)
    with_defaults = [
        name if i < first else f"{name}={ast.unparse(arguments.defaults[i - first])}" for i, name in enumerate(names)
    ]
    return ", ".join([*with_defaults[1:], *([f"[{arguments.vararg.arg}]"] if arguments.vararg else [])])


def _functions() -> str:
    return ", ".join(sorted(name for name in language.BUILTINS if name[0].islower()))


def _errors() -> str:
    return ", ".join(sorted(name for name in language.BUILTINS if name.endswith(("Error", "Exception", "Iteration"))))


def language_reference() -> str:
    """What a script may use, compact enough for a prompt."""
    lines: list[str] = []
    for section in sections():
        told = [f"  {name}: {text}" for name, text, _ in section.rows if name not in language.UNTOLD]
        lines += [f"{section.title}:", *told] if told else []
    lines.append('custom properties: object["key"], object.get("key", default), "key" in object')
    lines.append("imports: " + ", ".join(language.MODULES))
    lines.append(f"mathutils: {', '.join(_KINDS)}, as in Blender")
    lines.append("math: " + ", ".join(language.MATH_NAMES))
    lines.append("random (seeded): " + ", ".join(language.RANDOM_NAMES))
    lines.append("functions: " + _functions())
    lines.append("not there: " + ", ".join(_refused()) + ", names with a leading underscore")
    return "\n".join(lines) + "\n"


def _refused() -> list[str]:
    return [word for word, node in _STATEMENTS.items() if node not in language.NODES]


def language_document() -> str:
    """The same as a whole Markdown document, with explanations: ``docs/scripts.md``."""
    parts = [cleandoc(_OPENING).format(listing=LISTING_1.strip()), "## What a script sees"]
    for section in sections():
        parts.append(f"### `{section.title}`" if "." in section.title else f"### {section.title.capitalize()}")
        parts.append(
            _table(
                ("name", "what it is", "may be written"),
                [(f"`{n}`", t, "yes" if w else "") for n, t, w in section.rows],
            )
        )
    parts.append(cleandoc(_PROPERTIES))
    parts.append("## Open numbers")
    parts.append(cleandoc(_OPEN_NUMBERS))
    parts.append("## mathutils")
    parts.append(cleandoc(_MATHUTILS))
    parts.append(
        _table(("", "operators", "fields and methods"), [(f"`{k}`", _OPERATORS[k], _code(members(k))) for k in _KINDS])
    )
    parts.append("## Python")
    parts.append(_table(("", "what is there"), _python()))
    parts.append(cleandoc(_PYTHON))
    parts.append("## Budgets")
    parts.append(cleandoc(Budgets.__doc__ or "").split("\n\n", 1)[-1].replace("``", "`"))
    parts.append(_table(("budget", "default"), [(f"`{f.name}`", f"{f.default:,}") for f in fields(Budgets)]))
    return "\n\n".join(parts) + "\n"


def _python() -> list[tuple[str, str]]:
    allowed = [word for word, node in _STATEMENTS.items() if node in language.NODES]
    return [
        ("statements", _code(allowed)),
        ("refused", _code(_refused())),
        ("imports", _code(language.MODULES)),
        ("functions", f"`{_functions()}`"),
        ("errors", f"`{_errors()}`"),
        ("`math`", _code(language.MATH_NAMES)),
        ("`random`, seeded by the job", _code(language.RANDOM_NAMES)),
        ("methods of texts", _code(language.STRING_METHODS)),
        ("methods of lists", _code(language.LIST_METHODS)),
        ("methods of dictionaries", _code(language.DICT_METHODS)),
        ("methods of sets", _code(language.SET_METHODS)),
    ]


def _code(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


_OPENING = """
    # The language of transition scripts

    This document is made from the executor's own allow-lists by `python scripts/write_docs.py`; a test fails when it is
    out of date. The prompt of the coder holds the same tables in short.

    A transition script is Python that runs once in every step and turns the scene's state S_t into S_{{t+1}}. It is
    compiled once. The first example is Listing 1 of the paper, which runs unchanged:

    ```python
    {listing}
    ```

    `Sphere` has no rigid body here, so nothing but the script moves it: the script adds velocity to position and
    gravity to velocity, and turns the velocity round at the ground. What it writes is what it reads in the next step.
    It sets its own `dt`; without that line, `dt` is the length of a step of the scene.

    An object with an ACTIVE rigid body is moved by the engine. There a script writes only what its rule asks for,
    such as a velocity at the moment of a collision, or a force:

    ```python
    import bpy

    ball, door = bpy.data.objects["Ball"], bpy.data.objects["Door"]
    if ball.touching("Trigger") and "opened" not in state:
        state["opened"] = frame
        door.location.z += door.dimensions.z
        print(f"door opened after {{frame * dt:.2f}} s")
    ```

    ## Forces

    ```python
    import bpy

    ball, box = bpy.data.objects["Ball"], bpy.data.objects["Box"]
    if ball.touching("Trigger"):
        ball.apply_impulse((0, 0, 2))
    ball.attract("Magnet", 20, reach=3)
    box.spring((0, 0, 2), 40, damping=1)
    box.apply_force((0, 3, 0))
    ```

    A push lasts for the step in which it is called: call it in each step in which it acts. Several add up, bodies go
    on colliding, sleeping ones wake, and the trace records the sum as `force`. `spring`, `attract`, `drag`, `wind`,
    `hover` and `follow` take the force where the body will be when the push acts and, where it brakes, at the velocity
    that it will then have: swings keep their height and orbits their size. A force that a script works out from
    `location` is a step behind and adds energy: a swing with `apply_force(ball.location * -40)` is more than four times
    as high after 3,000 steps. So use these, and `apply_force` for what does not go by place or velocity.

    `velocity` is that at the end of the last step, and the mean over it where the body hit something. Writing it gives
    the body exactly that velocity, whatever it touches, and leaves its spin. Writing `angular_velocity` or a pose takes
    the body out of physics for a step or two.

    ## What is seen

    ```python
    import bpy

    ball, lamp, box, sign = (bpy.data.objects[name] for name in ("Ball", "Lamp", "Box", "Sign"))
    if ball.touching("Trigger"):
        lamp.data.energy = 200
        box.active_material.diffuse_color = (0, 0, 1, 1)
        sign.data.body = "Done"
        box.scale *= 1.5
    ```

    Lights, colours, emission, texts, shape keys, sizes and what is hidden are recorded like poses and played back on
    the timeline. What several objects share, such as a material, is changed for the one that is written alone.

    ## Functions that are called

    A script may also define `setup(scene)`, which is called once before the first step, and `step(scene, frame, dt)`.
    A script with `step` runs as a whole in the first step only; after that `step` is called. Functions of these names
    need these arguments, unless the script calls them itself: then they are helpers like others. Without `step` the
    whole script runs in every step, so what its top level sets is set again in each.

    ## What lasts, and when it counts

    - `state`, names at the top level and custom properties last from step to step.
    - Writes take effect when the script has returned. A step that fails or exceeds a budget changes nothing: the
      error names the line, and says what to write instead where that is known.
    - `ball.location` is the field itself while the step lasts: `place = ball.location; place.z += 1` moves the ball.
      In a later step `place` still holds the old numbers. Keep a position with `ball.location.copy()`.
    - Every step becomes a frame of the trace, and a trace that is played back becomes keyframes. So `keyframe_insert`
      returns True for the step that runs and adds nothing; for another frame it is an error.
    - `print` goes to the report, up to a budget, without the addresses of values in memory.
    - `fired(n)` records in the trace that rule number `n` acts in this step, as an event `RuleFired` of the frame that
      shows what else the step did; a step that fails has fired nothing. Call it where a rule begins to act.
    - What cannot be applied ends the script with an error that names the line of the write: numbers that are not finite
      or beyond 1,000,000, a scale factor of zero, a negative one of an object with a rigid body, and what the engine
      refuses.
    - What may run but hardly does what was meant is a warning: a function that changes something and that nothing
      calls, a flag that each step sets back before it is tested, a `state` that each step empties.
"""

_PROPERTIES = """
    ### Custom properties

    `object["key"]`, `object["key"] = value`, `del object["key"]`, `"key" in object`, `object.get("key", default)`,
    `object.keys()`, `object.values()`, `object.items()`. A value is a number, `True`, `False` or text; keep lists and
    dictionaries in `state`.

    `bpy.data.objects` can be indexed by name or number, iterated, counted with `len`, searched with `in` (names or
    objects) and `get("Name")`, and has `keys()`, `values()` and `items()`. An object is no text: compare `object.name`.
"""

_OPEN_NUMBERS = """
    A script need not know its numbers. `tune(4.0, 1.0, 8.0)` is 4.0, and stays open between 1.0 and 8.0;
    `want('EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Bucket"})')` says, in the [reward language](rewards.md),
    what the run is to come to. `run SCENE --coder script:FILE --fit 40` runs the script up to 40 times and keeps the
    numbers that do best what it wants, looking first over all of the bounds and then about the best. The script with
    them is `fitted.py` in the job's folder, also when fitting is cancelled. Both must be written out: three numbers,
    one text. Nothing else judges the fit. A whole number is `round(tune(4.0, 1.0, 8.0))`.
"""

_MATHUTILS = """
    `Vector`, `Quaternion`, `Euler` and `Matrix` work as in Blender, in double precision instead of single. A Vector has
    2 to 4 numbers. Numbers are equal if they differ by no more than the last digit of single precision, as there.
"""

_PYTHON = """
    Names must not begin with an underscore (`_` alone and `__name__` may be read). A bare `except:` catches what
    `except Exception:` does, so no script can catch a budget. Generator expressions are made lists. Annotations are
    ignored. The four modules are there without an import too. Random numbers come from the job's seed, also after
    `random.seed()` without an argument. Texts are formatted with f-strings or `%`, widths up to 100 characters.
"""
