"""A plan made into a scene: things, layout, what is strewn, air, camera, and what happens."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from pydantic import ValidationError

from ..scene_graph import (
    Cloth,
    Collider,
    FloatArray,
    Particles,
    SceneGraph,
    SceneObject,
    SoftBody,
    World,
    first_problem,
    with_relations,
)
from .acting import Acted, Acting, acted, arranged, changed
from .boxes import Box, gap
from .checks import Fault, faults
from .entry import Entry
from .environment import LANDS, Air, Scatter, light_rules, resolve, unresolved
from .errors import WorldError
from .fittings import fitted
from .form import Moves
from .layout import Layout, NoRoomError, Standing, surface
from .library import entry_of
from .manifest import Manifest, Subject
from .places import RELATIONS, Place, Placed, Spot
from .shot import camera_of
from .things import SKIN, Pose, Thing
from .verbs import verbs
from .weather import weather_of, wind_of

FPS = 60.0
"""Steps a second of a world's run unless said."""

SOLVED = 1200.0
"""How often a second bodies are solved, at least; Blender's ten times a step if that is more. With half of it crates on
each other creep by a centimetre in 5 s."""

SOLVING = 40
"""Iterations of the solver: with fewer, rows that fall over each other gain energy."""

ROW_GAP = 0.5
"""How far the things of a row stand apart unless said, as a share of their height."""

HANGING = 0.04
"""How far in m cloth is above what is beneath at the start: within their margins it would be torn away from it."""

INNER = 0.5
"""How deep, as a share of its least side, faces of a thing push soft bodies out: deeper, both sides of what is thin
push against each other, and Blender takes seconds a step."""

CLEAR = 0.4
"""How far in m things that are strewn keep from subjects."""

STREWN = 28.0
"""How wide in m the part of a ground is that things are strewn over."""

CLUSTER = 30
"""How many alike are near the first of them; those that follow are near the second, and so on."""

GROUND = "Ground"


@dataclass(eq=False)
class Staged:
    """A plan as far as it has been made. ``graph`` is the scene, ``assertions`` what must happen in it."""

    manifest: Manifest
    standings: list[Standing]
    layout: Layout
    strewn: list[Placed]
    air: Air
    acted: Acted
    graph: SceneGraph
    faults: list[Fault] = field(default_factory=list)

    @property
    def assertions(self) -> tuple[str, ...]:
        """What must happen, in the reward language."""
        return tuple(dict.fromkeys(self.acted.assertions))


def stage(manifest: Manifest, seed: int, without: Sequence[str] = (), fps: float = FPS) -> Staged:
    """Make the scene of a plan, ``without`` some of `STAGES`, with ``fps`` steps a second; draws come from the seed.

    Raises LibraryError for things that the library has not, LayoutError for places that cannot be had, VerbError for
    what cannot be done, and WorldError for numbers of which no scene can be made.
    """
    try:
        return _staged(manifest, seed, without, fps)
    except ValidationError as error:
        raise WorldError(f"no scene can be made of the plan: {error.title}: {first_problem(error)}") from None
    except ArithmeticError as error:
        raise WorldError(f"no scene can be made of the plan: a number is too small or too large ({error})") from None


def _staged(manifest: Manifest, seed: int, without: Sequence[str], fps: float) -> Staged:
    manifest = arranged(fitted(manifest), verbs())
    manifest, standings, layout = laid_out(manifest, seed)
    steps = round(manifest.seconds * fps)
    air = unresolved(seed) if "resolver" in without else resolve(manifest.setting, seed, steps)
    strewn = strew(manifest, layout, seed)
    acting = Acting(manifest, layout, fps, seed)
    done = acted(acting, verbs())
    done.take(weather_of(acting))
    done.rules += light_rules(manifest.setting.passing, manifest.seconds)
    graph = graph_of(manifest, layout, strewn, air, done, fps)
    return Staged(manifest, standings, layout, strewn, air, done, graph, faults(layout, standings))


def laid_out(manifest: Manifest, seed: int) -> tuple[Manifest, list[Standing], Layout]:
    """The things of a plan where they stand. What has no room where it is said to be stands elsewhere, and that is told
    among what the plan leaves out. Raises LayoutError."""
    manifest = _apart(manifest)
    while True:
        layout = Layout(ground_of(manifest), seed)
        standings = [one for subject in manifest.subjects for one in standings_of(manifest, subject, seed)]
        try:
            layout.put(standings)
        except NoRoomError as error:
            manifest = _eased(manifest, error)
        else:
            return manifest, standings, layout


AMID = 0.6
"""How much more room in m than a thing needs there is between others that it is between."""


def _apart(manifest: Manifest) -> Manifest:
    """A plan in which things between which another one is leave room for it."""
    for subject in manifest.subjects:
        for place in subject.places:
            if place.relation != "between":
                continue
            form = entry_of(subject.thing).make(**subject.parameters)
            room = round(float(max((form.high - form.low)[:2])) + AMID, 3)
            other = manifest.subject(place.of[-1])
            if len(place.of) == 1 and other.count > 1:
                manifest = changed(manifest, other.name, arrangement="row", spacing=room / (other.count - 1))
            elif len(place.of) == 2 and not other.places:
                beside = Place(relation="next to", of=(place.of[0],), distance=room, bearing=0.0)
                manifest = changed(manifest, other.name, places=(beside,))
    return manifest


ENOUGH = 0.5
"""Which share of those in a row or stack has to have room in it for the others to be left out."""

CLOSEST = 0.3
"""How much closer those of a row stand at least where not all have room, as a share of their usual gap."""

CROWD = 12
"""From how many alike on there are fewer of them, where not all have room, and not somewhere else."""


def _eased(manifest: Manifest, error: NoRoomError) -> Manifest:
    """A plan that asks less of where a thing is that has no room, and tells it. Raises the error where it asks nothing
    that could be given up."""
    subject = next(s for s in manifest.subjects if error.thing in s.names)
    number = subject.names.index(error.thing)
    fewer = f"more than {number} of the {subject.count} of {subject.name}"
    changes: dict[str, object]
    if number and subject.arrangement == "row" and (gap := _closer(subject, number)) is not None:
        return changed(manifest, subject.name, spacing=gap)
    if number and subject.arrangement != "scattered" and number >= ENOUGH * subject.count:
        told, changes = fewer, {"count": number}
    elif number and subject.arrangement != "scattered":
        changes = {"arrangement": "scattered"}
        told = f"that {subject.name} are in a {subject.arrangement}"
    elif number and (subject.lift or not subject.places or subject.count > CROWD):
        told, changes = fewer, {"count": number}
    elif subject.places:
        told, changes = f"that {subject.name} is {error.told}", {"places": subject.places[1:]}
    else:
        raise error
    manifest = changed(manifest, subject.name, **changes)
    return manifest.model_copy(update={"left_out": (*manifest.left_out, told)})


def _closer(subject: Subject, number: int) -> float | None:
    """The gap in m with which all of a row have the room of so many; None where its gap is said, or is too small."""
    if subject.spacing is not None:
        return None
    first = Thing(subject.name, entry_of(subject.thing), "fixed", dict(subject.parameters))
    deep, usual = _row_depth(subject, first), _row_gap(subject, first)
    gap = number * (deep + usual) / subject.count - deep
    return round(gap, 4) if gap >= CLOSEST * usual else None


def ground_of(manifest: Manifest) -> Placed:
    """The ground of a setting."""
    land = LANDS[manifest.setting.where]
    return Placed(Thing(GROUND, entry_of(land.ground), "fixed", dict(land.knobs), stays=True), Pose())


def standings_of(manifest: Manifest, subject: Subject, seed: int) -> Iterable[Standing]:
    """The things of a subject with what is said of their places; those of a row each by the one before."""
    entry = entry_of(subject.thing)
    for number, name in enumerate(subject.names):
        knobs = dict(subject.parameters)
        if "seed" in entry.knobs and "seed" not in knobs:
            knobs["seed"] = (seed * 1009 + number) % 10_000
        moves, stays = _moved(manifest, subject, entry), _is_left(manifest, subject)
        thing = Thing(name, entry, moves, knobs, subject.stuff, stays)
        places = tuple(_of_things(manifest, place) for place in subject.places)
        if number and subject.arrangement in ("row", "stack"):
            places = (_after(subject, thing, subject.names[number - 1]),)
        elif number and not places:
            places = (Place(relation="near", of=(subject.names[max(number - CLUSTER, 0)],)),)
        facing = manifest.subject(subject.facing).names[0] if subject.facing is not None else None
        start = _row_start(subject, thing) if not number and subject.arrangement == "row" else None
        # The first of a row at something is there, and the others behind it.
        onwards = any(place.relation == "at" for place in places)
        spot, shift = (None, None if onwards else start) if places else (start, None)
        stacked = number > 0 and subject.arrangement == "stack"  # it is as high as what it is on
        lift = 0.0 if stacked else subject.lift or (HANGING if thing.moves == "cloth" else 0.0)
        yield Standing(thing, places, facing, subject.yaw, lift, spot, shift or (0.0, 0.0))


def _row_start(subject: Subject, first: Thing) -> Spot:
    """Where the first of a row stands from where its middle is to be."""
    angle = math.radians(subject.bearing)
    half = (subject.count - 1) * (_row_depth(subject, first) + _row_gap(subject, first)) / 2
    return -half * math.cos(angle), -half * math.sin(angle)


def _row_depth(subject: Subject, thing: Thing) -> float:
    """How far a thing of a row reaches along it, in m."""
    angle = math.radians(subject.bearing)
    return abs(math.cos(angle)) * float(thing.size[0]) + abs(math.sin(angle)) * float(thing.size[1])


def _row_gap(subject: Subject, thing: Thing) -> float:
    return ROW_GAP * float(thing.size[2]) if subject.spacing is None else subject.spacing


def _moved(manifest: Manifest, subject: Subject, entry: Entry) -> Moves:
    """What moves a thing: what is in the air and does nothing stays there."""
    if subject.moves is not None:
        return subject.moves
    aloft = any(RELATIONS[place.relation].aloft for place in subject.places)
    acts = any(happening.who == subject.name for happening in manifest.happenings)
    return "fixed" if aloft and not acts and entry.moves == "rigid" else entry.moves


def _on_cloth(manifest: Manifest) -> set[str]:
    """The things that are said to be on cloth: it lies around their feet, and they do not push it away."""
    found = set[str]()
    for subject in manifest.subjects:
        borne = [manifest.subject(place.of[0]) for place in subject.places if RELATIONS[place.relation].borne]
        if any(_moved(manifest, one, entry_of(one.thing)) == "cloth" for one in borne):
            found |= set(subject.names)
    return found


def _is_left(manifest: Manifest, subject: Subject) -> bool:
    """Whether nothing is said to happen to a subject."""
    named = {name for h in manifest.happenings for name in (h.who, h.to, h.source)}
    return subject.name not in named and not any(name in rule for rule in manifest.rules for name in subject.names)


def _of_things(manifest: Manifest, place: Place) -> Place:
    """A place by things instead of subjects: of several the first is meant, and of a stack the last to stand on."""
    several = [manifest.subject(name) for name in place.of]
    on = place.relation == "on"
    names = [s.names[-1] if on and s.arrangement == "stack" else s.names[0] for s in several]
    if place.relation == "between" and len(several) == 1:
        names = [several[0].names[0], several[0].names[-1]]
    if place.relation == "around" and place.bearing is not None:
        names = [name for subject in several for name in subject.names]
    return place.model_copy(update={"of": tuple(names)})


def _after(subject: Subject, thing: Thing, before: str) -> Place:
    if subject.arrangement == "stack":
        return Place(relation="on", of=(before,))
    return Place(relation="next to", of=(before,), distance=_row_gap(subject, thing), bearing=subject.bearing)


def strew(manifest: Manifest, layout: Layout, seed: int) -> list[Placed]:
    """What is strewn over the ground, clear of all that stands on it and of the way to the camera."""
    rng = np.random.default_rng([seed, 202])
    found: list[Placed] = []
    eye = np.array(camera_of(manifest, list(layout.placed.values()), FPS).location)
    for scatter in LANDS[manifest.setting.where].scatter:
        found += _strewn(scatter, layout, found, eye, rng)
    taken = set(layout.placed)
    return [p if p.thing.name not in taken else _renamed(p, f"Wild {p.thing.name.lower()}") for p in found]


def _renamed(placed: Placed, name: str) -> Placed:
    return replace(placed, thing=replace(placed.thing, name=name))


def _strewn(
    scatter: Scatter, layout: Layout, earlier: list[Placed], eye: FloatArray, rng: np.random.Generator
) -> Iterable[Placed]:
    entry = entry_of(scatter.thing)
    width, depth = (min(float(c), STREWN) for c in layout.ground.thing.size[:2])
    wanted = min(round(float(rng.uniform(*scatter.density)) * width * depth), scatter.most)
    kinds = [_kind(entry, scatter, rng) for _ in range(min(wanted, 4))]
    for number in range(wanted):
        thing = Thing(f"{entry.name.capitalize()} {number + 1}", entry, "none", kinds[number % len(kinds)])
        for _ in range(12):
            spot = np.array([rng.uniform(-0.48, 0.48) * width, rng.uniform(-0.48, 0.48) * depth])
            yaw = round(float(rng.uniform(0, 360)), 3)
            placed = _on_ground(thing, layout, spot, yaw)
            if placed is not None and _is_clear(placed, layout, earlier, eye):
                earlier = [*earlier, placed]
                yield placed
                break


def _kind(entry: Entry, scatter: Scatter, rng: np.random.Generator) -> dict[str, object]:
    knobs: dict[str, object] = {name: round(float(rng.uniform(*span)), 3) for name, span in scatter.knobs.items()}
    return knobs | ({"seed": int(rng.integers(0, 1000))} if "seed" in entry.knobs else {})


def _on_ground(thing: Thing, layout: Layout, spot: np.ndarray, yaw: float) -> Placed | None:
    (height,) = surface(layout.ground, spot.reshape(1, 2))
    if not np.isfinite(height):
        return None
    return Placed(thing, Pose((round(float(spot[0]), 4), round(float(spot[1]), 4), round(float(height), 4)), yaw))


def _is_clear(placed: Placed, layout: Layout, earlier: list[Placed], eye: FloatArray) -> bool:
    """Whether a thing stands off all subjects, off others as large, and not between them and who looks from -y, or from
    where the camera starts."""
    box = placed.box
    for other in layout.placed.values():
        if gap(box, other.box) < CLEAR:
            return False
    tall = box.half[2] > 0.4
    if tall and layout.placed:
        middle = np.mean([p.box.middle[:2] for p in layout.placed.values()], axis=0)
        if box.middle[1] < middle[1] + 0.5 and abs(box.middle[0] - middle[0]) < 6.0:
            return False
        if any(_hides(box, eye[:2], p.box.middle[:2]) for p in layout.placed.values()):
            return False
        return all(gap(box, other.box) > 0.0 for other in earlier if other.box.half[2] > 0.4)
    return True


def _hides(box: Box, eye: FloatArray, thing: FloatArray) -> bool:
    """Whether a box stands, as seen from above, between an eye and a thing, all ``[2]``."""
    way = thing - eye
    share = min(max(float((box.middle[:2] - eye) @ way) / max(float(way @ way), 1e-9), 0.0), 1.0)
    return float(np.linalg.norm(eye + share * way - box.middle[:2])) < float(np.linalg.norm(box.half[:2])) + CLEAR


def graph_of(manifest: Manifest, layout: Layout, strewn: list[Placed], air: Air, done: Acted, fps: float) -> SceneGraph:
    """The scene graph of a world."""
    placed = [layout.ground, *layout.placed.values(), *strewn]
    objects = [obj for one in placed for obj in one.thing.objects(one.pose)]
    objects = [_with(obj, done, fps) for obj in objects]
    objects += [*done.objects, air.sun, *wind_of(manifest.setting, manifest.seconds, fps)]
    if any(obj.elements for obj in objects):
        moved = moved_by(done.rules, [obj.name for obj in objects]) if _has_particles(objects) else set()
        aside = moved | _on_cloth(manifest)
        soft = any(one.thing.moves == "soft" for one in placed)
        objects = [obj if obj.name in aside else _hit_by_cloth(obj, soft) for obj in objects]
    world = World(
        fps=fps,
        substeps=substeps(fps),
        solver_iterations=SOLVING,
        field_weights={"force": 0.0, "turbulence": 0.0} if manifest.setting.wind else {},
    )
    return with_relations(
        SceneGraph(
            name=manifest.subjects[0].name if manifest.subjects else "World",
            world=world,
            objects=tuple(objects),
            camera=camera_of(manifest, list(layout.placed.values()), fps),
            sky=air.sky,
            fog=air.fog,
            rules=(*done.rules, *manifest.rules),
            constraints=tuple(done.constraints),
        )
    )


def substeps(fps: float) -> int:
    """How often bodies are solved a step."""
    return max(10, round(SOLVED / fps))


def _has_particles(objects: Sequence[SceneObject]) -> bool:
    return any(isinstance(element, Particles) for obj in objects for element in obj.elements)


def moved_by(rules: Sequence[str], names: Sequence[str]) -> set[str]:
    """The things that rules do something to. Where there are particles they do not stop them: Blender works out all
    particles anew, from their first step on, whenever something that stops them is moved by a script."""
    found = set[str]()
    for rule in rules:
        effect = rule.split(", ", 1)[-1]
        for name in sorted(names, key=len, reverse=True):
            if re.search(rf"\b{re.escape(name)}\b", effect):
                found.add(name)
                effect = effect.replace(name, "")
    return found


def _with(obj: SceneObject, done: Acted, fps: float) -> SceneObject:
    """An object with what happens to it."""
    elements = done.elements.get(obj.name)
    changes: dict[str, object] = {}
    if elements:
        kinds = {type(e) for e in elements}
        changes["elements"] = (*(e for e in obj.elements if type(e) not in kinds), *elements)
    elif obj.elements:
        begins = {"starts": round(done.waits.get(obj.name, 0.0) * fps)}
        timed = [e.in_time(fps) for e in obj.elements]
        changes["elements"] = tuple(
            e.model_copy(update=begins) if isinstance(e, Cloth | SoftBody) else e for e in timed
        )
    for changes_of, name in (
        (done.velocities, "velocity"),
        (done.spins, "angular_velocity"),
        (done.animations, "animation"),
    ):
        if obj.name in changes_of:
            changes[name] = changes_of[obj.name]
    if obj.name in done.springy and obj.body is not None:
        changes["rigid_body"] = obj.body.model_copy(update={"restitution": done.springy[obj.name]})
    return obj.model_copy(update=changes) if changes else obj


RUBS = 100.0
"""Blender's friction of cloth over that between bodies. What holds a body then holds cloth, too: on a slope of 20
degrees a sheet slides 8 mm in 0.8 s with 50, 98 mm with Blender's usual 5. Of less, cloth is held more than bodies."""


OUTER = 0.01
"""How far in m from what stops it cloth is held off."""


def _hit_by_cloth(obj: SceneObject, soft: bool = False) -> SceneObject:
    """What bodies hit stops cloth and particles, too. What is ``soft`` is held off by its own margin alone, and by the
    outsides of faces: all sides of a hollow that it lands in press on it, and a jelly on a plate would be pressed flat.
    """
    if obj.body is None or obj.hidden or any(isinstance(e, Collider) for e in obj.elements):
        return obj
    inner = min(max(INNER * float(min(obj.dimensions)), 0.001), 0.2)
    made = Collider(
        thickness_inner=round(inner, 4),
        thickness_outer=SKIN if soft else OUTER,
        use_normal=soft,
        damping=0.3,
        damping_factor=0.7,
        friction_factor=0.5,
        cloth_friction=round(min(RUBS * obj.body.friction, 80.0), 2),
    )
    return obj.model_copy(update={"elements": (*obj.elements, made)})
