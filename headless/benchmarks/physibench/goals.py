"""Level 4: machines without rules, with a goal that needs numbers which nobody can work out without a look at the run.

Friction, damping and bounces decide. A script may set going what the goal names, once, at the start; its assertions
are as hidden as those of other machines, and its oracle is the script with numbers that were found for it.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from addon.jobs.fit import Fit
from addon.rewards import judge, read
from addon.scene_graph import SceneGraph, SceneObject, World, scene_size

from . import claims, parts
from .machine import Machine, MachineError
from .stages import Names

SEED, COUNT = 13, 24
"""The published goals."""

DIFFICULTY = 4
"""That of machines that have a goal in place of rules."""

STEPS, FRAME_RATE = 360, 60.0
ACTS_UNTIL = 0.1
"""Seconds from the start in which a script may set things going."""

RUNS = 150
"""In how many runs the numbers of an oracle are to be found."""

DRAWS = 12
NUMBERS_FILE = Path(__file__).with_name("goals.json")

Made = tuple[str, list[SceneObject], list[str], str]
"""A goal's words, its objects, its assertions, and an oracle with open numbers."""


def between_marks(rng: random.Random, names: Names) -> Made:
    """A cart slides and has to stop between two marks."""
    cart, color = names("Cart", "Sled", "Crate")
    first, last = names("Near Mark", "First Flag")[0], names("Far Mark", "Last Flag")[0]
    low = round(rng.uniform(2.0, 4.5), 2)
    high, friction = round(low + 0.6, 2), round(rng.uniform(0.2, 0.7), 2)
    objects = [
        parts.box(
            cart, (0.4, 0.3, 0.25), (0.0, 0.0, 0.125), color, kind="cart", type="ACTIVE", friction=friction,
            mass=rng.choice((1.0, 2.0)),
        ),
        *(_flag(name, x) for name, x in ((first, low), (last, high))),
    ]  # fmt: skip
    middle = round((low + high) / 2, 2)
    goal = f"Launch {cart} once, at the start, so that it comes to rest between {first} and {last}."
    wish = f'NEARBY_AT("{cart}", {middle:g}, 0, 0.125, 1.0, threshold_strength={{near:.4g}})'
    oracle = _launched(cart, "tune(3.0, 0.5, 12.0), 0, 0", wish)
    return goal, objects, [_at(cart, middle, 0.125, 0.27)], oracle


def bank_shot(rng: random.Random, names: Names) -> Made:
    """A ball has to come back from a wall and lie still on a mat."""
    ball, color = names("Ball", "Marble", "Puck")
    wall, mat = names("Wall", "Cushion", "Buffer")[0], names("Mat", "Carpet")[0]
    far, back = round(rng.uniform(3.0, 4.0), 2), round(rng.uniform(0.9, 1.6), 2)
    place, bounce = round(far - back, 2), round(rng.uniform(0.6, 0.9), 2)
    objects = [
        parts.ball(
            ball, 0.2, (0.0, 0.0, 0.2), color, restitution=bounce, linear_damping=round(rng.uniform(0.2, 0.4), 2),
            angular_damping=round(rng.uniform(0.3, 0.6), 2),
        ),
        parts.box(wall, (0.2, 2.0, 0.8), (far + 0.1, 0.0, 0.4), "white", kind="wall", restitution=bounce),
        parts.box(mat, (0.5, 1.0, 0.004), (place, 0.0, 0.0), names.color(), kind="mat", friction=0.6),
    ]  # fmt: skip
    goal = f"Launch {ball} once, at the start, so that it bounces off {wall} and comes to rest on {mat}."
    wish = f'NEARBY_AT("{ball}", {place:g}, 0, 0.2, 1.0, threshold_strength={{near:.4g}})'
    hit = claims.happens(claims.touching(ball, wall))
    return goal, objects, [hit, _at(ball, place, 0.2, 0.24)], _launched(ball, "tune(6.0, 2.0, 16.0), 0, 0", hit, wish)


def lob(rng: random.Random, names: Names) -> Made:
    """A ball has to fly over a screen into a bucket, through thick air."""
    ball, color = names("Ball", "Egg", "Stone")
    screen, pail = names("Screen", "Fence", "Hedge")[0], names("Bucket", "Basket", "Pail")
    far, high = round(rng.uniform(2.6, 4.2), 2), round(rng.uniform(0.7, 1.3), 2)
    stand = round(rng.uniform(0.3, 0.8), 2)
    objects = [
        parts.box(names.number("Stand"), (0.4, 0.4, stand), (0.0, 0.0, stand / 2), "white", kind="stand"),
        parts.ball(
            ball, 0.12, (0.0, 0.0, stand + 0.12), color, linear_damping=round(rng.uniform(0.3, 0.6), 2),
            restitution=round(rng.uniform(0.2, 0.5), 2), mass=0.5,
        ),
        parts.box(screen, (0.1, 1.6, high), (far / 2, 0.0, high / 2), names.color(), kind="wall"),
        *parts.bucket(pail[0], (far, 0.0), 0.5, 0.4, pail[1]),
    ]  # fmt: skip
    goal = f"Throw {ball} once, at the start, so that it flies over {screen} and lands in {pail[0]}."
    wish = f'NEARBY_AT("{ball}", {far:g}, 0, 0.22, 1.0, threshold_strength={{near:.4g}})'
    never = claims.never(claims.touching(ball, screen))
    into = claims.happens(claims.touching(ball, pail[0]))
    oracle = _launched(ball, "tune(4.0, 1.0, 12.0), 0, tune(5.0, 1.0, 10.0)", never, into, wish)
    return goal, objects, [never, into, _at(ball, far, 0.22, 0.27)], oracle


def rendezvous(rng: random.Random, names: Names) -> Made:
    """Two unlike balls have to be in one place at the end, at a gate that is nearer to one of them."""
    one, color = names("Red Ball", "Left Ball")
    other, other_color = names("Blue Ball", "Right Ball")
    gate = names("Gate", "Arch", "Goal")[0]
    place = round(rng.uniform(-0.9, 0.9), 2)
    objects = [
        *(
            parts.ball(
                name, 0.2, (x, 0.0, 0.2), paint, linear_damping=round(rng.uniform(0.2, 0.7), 2),
                angular_damping=round(rng.uniform(0.3, 0.8), 2),
            )
            for name, x, paint in ((one, -2.5, color), (other, 2.5, other_color))
        ),
        parts.box(gate, (0.1, 0.1, 0.8), (place, 0.7, 0.4), names.color(), kind="gate"),
    ]  # fmt: skip
    goal = f"Launch {one} and {other} once, at the start, so that both come to rest beside {gate}, touching each other."
    wishes = [
        f'NEARBY_AT("{name}", {x:g}, 0, 0.2, 1.0, threshold_strength={{near:.4g}})'
        for name, x in ((one, place - 0.2), (other, place + 0.2))
    ]
    touch = claims.happens(claims.touching(one, other))
    lines = [_want(wish) for wish in (touch, *wishes)]
    oracle = "\n".join([
        "import bpy", *lines, "if frame == 1:",
        f'    bpy.data.objects["{one}"].velocity = (tune(3.0, 0.5, 9.0), 0, 0)',
        f'    bpy.data.objects["{other}"].velocity = (tune(-3.0, -9.0, -0.5), 0, 0)', "",
    ])  # fmt: skip
    told = [touch, _at(one, place - 0.2, 0.2, 0.27), _at(other, place + 0.2, 0.2, 0.27)]
    return goal, objects, told, oracle


KINDS: dict[str, Callable[[random.Random, Names], Made]] = {
    maker.__name__: maker for maker in (between_marks, bank_shot, lob, rendezvous)
}
"""Maker of each kind of goal by its name."""

At = tuple[str, float, float, float]


def _flag(name: str, x: float) -> SceneObject:
    return parts.box(name, (0.04, 0.04, 0.5), (x, 0.6, 0.25), "white", kind="mark")


def _at(name: str, x: float, z: float, tolerance: float) -> str:
    """An object is within a distance (m) of a point at the end; the share of the scene's size is filled in later."""
    return f'NEARBY_AT("{name}", {x:g}, 0, {z:g}, 1.0, threshold_strength={{{tolerance:g}}})'


def _want(wish: str) -> str:
    return f"want({wish!r})"


def _launched(name: str, velocity: str, *wishes: str) -> str:
    lines = ["import bpy", *map(_want, wishes), "if frame == 1:"]
    return "\n".join([*lines, f'    bpy.data.objects["{name}"].velocity = ({velocity})', ""])


def build(seed: int, index: int, draw: int = 0) -> Machine:
    """Goal ``index`` of a seed with open numbers in its oracle, unchecked; the same arguments give the same one."""
    kind = list(KINDS)[index % len(KINDS)]
    rng = random.Random(f"goal/{seed}/{index}/{draw}")
    goal, objects, told, oracle = KINDS[kind](rng, Names(rng))
    everything = [*parts.floor(-4.0, 8.0), *objects]
    graph = SceneGraph(
        name=f"goal_{seed}_{index:03d}",
        world=World(fps=FRAME_RATE),
        objects=tuple(everything),
        camera=parts.camera(objects),
    )
    size = scene_size(graph)
    asserted = tuple(_filled(text, size) for text in told)
    return Machine(
        name=graph.name,
        kind=kind,
        seed=seed,
        index=index,
        draw=draw,
        difficulty=DIFFICULTY,
        graph=graph,
        goal=goal,
        acts_until=ACTS_UNTIL,
        assertions=asserted,
        oracle=oracle.replace("{near:.4g}", f"{0.12 / size:.4g}"),
        steps=STEPS,
    )


def _filled(text: str, size: float) -> str:
    """An assertion whose distance in metres, in braces, becomes a part of the scene's size."""
    before, brace, rest = text.partition("={")
    if not brace:
        return text
    metres, _, end = rest.partition("}")
    return f"{before}={float(metres) / size:.4g}{end}"


def fitted(machine: Machine) -> Machine | None:
    """The machine with the numbers of its oracle found; None if none were that do."""
    from .check import run_script

    wanted = [read(text, machine.graph) for text in machine.assertions]

    def worth(script: str) -> tuple[float, bool]:
        run, _ = run_script(machine, script)
        verdicts = [judge(wish, run.trace) for wish in wanted]
        return sum(v.value for v in verdicts) / len(verdicts), all(v.held for v in verdicts)

    fit = Fit(machine.oracle, worth, RUNS, machine.seed)
    script = fit.run()
    return machine.model_copy(update={"oracle": script}) if fit.held else None


def find(seed: int, index: int) -> Machine:
    """The first draw of a goal whose numbers can be found, in this process, and that no look is needed to miss.

    The oracle as it begins must not do. Raises MachineError if no draw is so.
    """
    from .check import passes

    for draw in range(DRAWS):
        machine = build(seed, index, draw)
        if passes(machine, None) or passes(machine, machine.oracle):
            continue
        if (found := fitted(machine)) is not None:
            return found
    raise MachineError(f"goal {index} (seed {seed}): no draw has numbers that can be found")


def goals(count: int | None = None) -> list[Machine]:
    """The published goals, or the first ``count`` of them; their numbers were found when they were made."""
    kept = _published()["goals"]
    return [_kept(index, told) for index, told in enumerate(kept[:count])]


def _kept(index: int, told: dict[str, Any]) -> Machine:
    machine = build(SEED, index, told["draw"])
    return machine.model_copy(update={"oracle": told["oracle"]})


@cache
def _published() -> Any:
    return json.loads(NUMBERS_FILE.read_text(encoding="utf-8"))


def written(machines: Iterable[Machine]) -> str:
    """The file of the published goals."""
    told: Sequence[dict[str, Any]] = [{"draw": m.draw, "oracle": m.oracle} for m in machines]
    return json.dumps({"goals": told}, indent=1) + "\n"


def is_fair(machine: Machine, acted_until: int | None) -> bool:
    """Whether a script that last acted at a frame kept to what it may do."""
    allowed = math.inf if machine.acts_until is None else machine.acts_until * FRAME_RATE
    return (acted_until or 0) <= allowed
