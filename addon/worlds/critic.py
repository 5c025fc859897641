"""The symbolic critic: what a world's run must show, by its trace alone. Its words go back to the stage at fault."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..metrics import Metrics
from ..scene_graph import FloatArray, FluidDomain, FluidFlow, SoftBody, world_bounds
from ..trace import Trace
from .laws import laws, touches_of_moved
from .library import entry_of
from .manifest import Happening, Manifest, Subject
from .meetings import meetings
from .staging import GROUND, Staged
from .verbs import verbs
from .verbs.going import is_slope
from .verdict import Check

FASTEST = 60.0
"""Speed in m/s that nothing in a world should have."""

DEEPEST = 0.03
"""How deep bodies may be in each other in m."""

FASTER = 1.3
"""By how much what did not suffice is made more."""

LONGER, LONGEST = 1.5, 20.0
"""By how much a run is made longer in which something does not come to rest, and how many s it then lasts at most."""

STRETCHED = 1.3
"""Greatest length of a cloth's edge as a multiple of its own."""

STILL = 0.02
"""Part of its size by which what nothing touches may settle."""

HAIR = 0.003
"""By how many m anything may settle, for that is how closely Bullet lets bodies lie on each other."""

LAST = 0.5
"""For how many s before the end what is said to come to rest must have."""

AT_ONCE = 2
"""Frames by which what comes after something may seem to come before it."""

SETTLE = 300
"""Steps in which things settle."""

STRAY = 2.0
"""How far in m beyond the ground a body may go."""

DRIFT = 0.5
"""Part of its volume that a liquid may win or lose after the last of it came. Mantaflow keeps volume no better: at 32
cells, 0.1 m³ that fell and splashed in a tank was 34 % less after 2 s and 40 % less after 2.5 s."""


def criticise(staged: Staged, trace: Trace, metrics: Metrics) -> list[Check]:
    """All checks of a run."""
    found = [Check(f.check, f.thing, False, f.text, True, "layout") for f in staged.faults]
    if not staged.faults:
        found.append(Check("layout", "", True, "all stands where it was said to", True, "layout"))
    found += _bodies(trace)
    found += [*laws(trace, metrics), _penetration(trace), *_cloth(trace), *_liquids(trace), *_rest(staged, trace)]
    found += _held_ones(staged)
    found += _acting(staged, trace)
    found += _fired(staged, trace)
    found += meetings(staged.assertions, trace)
    found += _order(staged, trace)
    return found


def _bodies(trace: Trace) -> list[Check]:
    """Speeds and places."""
    moving = np.flatnonzero(trace.masses > 0.0).tolist()
    found = []
    if moving:
        speed = np.linalg.norm(np.nan_to_num(trace.velocity[:, moving]), axis=2)
        fastest = trace.bodies[moving[int(speed.max(axis=0).argmax())]]
        text = f"'{fastest}' is the fastest, at {speed.max():.1f} m/s ({FASTEST:g} m/s at most)"
        found.append(Check("speed", fastest, bool(speed.max() <= FASTEST), text, True, "dynamics"))
    names = [trace.bodies[j] for j in moving]
    gone = _gone(trace, trace.position[:, moving], names)
    if trace.deformed is not None:
        whole = [j for j in range(len(trace.deformed.names)) if np.isnan(trace.deformed.number[:, j]).all()]
        gone += _gone(trace, trace.deformed.centre[:, whole], [trace.deformed.names[j] for j in whole])
    for name in gone:
        found.append(Check("stays", name, False, f"'{name}' leaves the world", True, "dynamics"))
    if not gone:
        found.append(Check("stays", "", True, "all stays in the world", True, "dynamics"))
    return found


def _gone(trace: Trace, places: FloatArray, names: Sequence[str]) -> list[str]:
    """What of some things at ``places`` ``[F, N, 3]`` leaves the world; particles are not asked, for they come and
    go."""
    low, high = _extent(trace)
    strays = (places < low - STRAY).any(axis=(0, 2)) | (places[..., :2] > high[:2] + STRAY).any(axis=(0, 2))
    return [names[j] for j in np.flatnonzero(strays).tolist()]


def _extent(trace: Trace) -> tuple[FloatArray, FloatArray]:
    return world_bounds(trace.scene.object(GROUND))


def _penetration(trace: Trace) -> Check:
    """How deep what physics moves is in anything."""
    contacts, moved = trace.contacts, touches_of_moved(trace)
    if not moved.any():
        return Check("penetration", "", True, "nothing is in anything", True, "layout")
    worst = int(np.where(moved, contacts.distance, np.inf).argmin())
    depth = max(-float(contacts.distance[worst]), 0.0)
    a, b = trace.bodies[contacts.a[worst]], trace.bodies[contacts.b[worst]]
    text = f"'{a}' is at most {depth:.3f} m deep in '{b}'"
    return Check("penetration", a, depth <= DEEPEST, text, True, "layout")


def _cloth(trace: Trace) -> list[Check]:
    deformed = trace.deformed
    if deformed is None:
        return []
    found = []
    rooted = {o.name for o in trace.scene.objects for e in o.elements if isinstance(e, SoftBody) and not e.use_edges}
    for j, name in enumerate(deformed.names):
        if name in rooted:
            continue  # its points are held each at its own place
        stretch = deformed.stretch[:, j]
        if np.isfinite(stretch).any():
            most = float(np.nanmax(stretch))
            text = f"'{name}' is stretched {most:.2f} times at most"
            found.append(Check("stretch", name, most <= STRETCHED, text, True, "dynamics"))
    return found


def _liquids(trace: Trace) -> list[Check]:
    """Whether liquids keep their volume once nothing flows in any more, where they are thick enough to have one: the
    mesh of a film is as thick as a cell, however little it is."""
    flows = [e for o in trace.scene.objects for e in o.elements if isinstance(e, FluidFlow)]
    closed = max((step for flow in flows for step, on in flow.switches if not on), default=0)
    found = []
    for j, name in enumerate(trace.deformed.names if trace.deformed is not None else ()):
        domain = trace.scene.object(name).element(FluidDomain) if name in trace.bodies else None
        if domain is None or domain.domain_type != "LIQUID" or trace.deformed is None:
            continue
        after = slice(min(closed + 1, len(trace.position) - 1), None)
        volume, area = trace.deformed.volume[after, j], trace.deformed.area[after, j]
        cell = max(trace.scene.object(name).dimensions) / domain.resolution_max
        thick = volume[2.0 * volume > cell * area]
        change = float(thick[-1] / thick[0] - 1.0) if len(thick) else 0.0
        text = f"the volume of '{name}' drifts by {change:+.0%} once nothing flows in; {DRIFT:.0%} are allowed"
        if thin := len(volume) - len(thick):
            text += f" (in {thin} of {len(volume)} steps it is thinner than a cell, where it has no volume to measure)"
        found.append(Check("volume", name, abs(change) <= DRIFT, text, True, "dynamics"))
    return found


def _rest(staged: Staged, trace: Trace) -> list[Check]:
    """What neither acts nor is touched by what acts stays as it was put."""
    acting = {
        n for h in staged.manifest.happenings for s in (h.who, h.to) if s for n in staged.manifest.subject(s).names
    }
    pairs = {
        frozenset((trace.bodies[a], trace.bodies[b])) for a, b in zip(trace.contacts.a, trace.contacts.b, strict=True)
    }
    touched = set(acting)
    while True:
        more = {n for pair in pairs if pair & touched and GROUND not in pair for n in pair} - touched
        if not more:
            break
        touched |= more
    touched |= _lifted(staged.manifest)
    found = []
    for name, placed in staged.layout.placed.items():
        if name in touched or placed.thing.moves != "rigid" or name not in trace.bodies:
            continue
        place = trace.position[: SETTLE + 1, trace.index(name)]
        size, moved = float(placed.thing.size.max()), float(np.linalg.norm(place[-1] - place[0]))
        text = f"'{name}' settles by {moved / size:.1%} of its size"
        found.append(Check("rest", name, moved <= max(STILL * size, HAIR), text, True, "layout"))
    return found


def _lifted(manifest: Manifest) -> set[str]:
    """The names of things that start above their places, and of what is placed by them: they fall, as they are to."""
    lifted = {subject.name for subject in manifest.subjects if subject.lift}
    while True:
        more = {s.name for s in manifest.subjects for p in s.places if lifted & set(p.of)} - lifted
        if not more:
            return {name for subject in lifted for name in manifest.subject(subject).names}
        lifted |= more


def _held_ones(staged: Staged) -> list[Check]:
    """What would fall or be pushed, and is held where it is."""
    subjects = [s for s in staged.manifest.subjects if s.moves == "fixed" and entry_of(s.thing).moves == "rigid"]
    names = [name for subject in subjects for name in subject.names]
    return [Check("held", name, True, f"'{name}' is held where it is", False, "layout") for name in names]


def _acting(staged: Staged, trace: Trace) -> list[Check]:
    """What is to do something moves."""
    found = []
    for show in dict.fromkeys(staged.acted.shows):
        shown, text = _SHOWN[show.kind](trace, show.name)
        kind = "comes to rest" if show.kind == "rest" else show.kind
        found.append(Check(kind, show.name, shown >= show.least, text, False, "dynamics"))
    return found


def _moved(trace: Trace, name: str) -> tuple[float, str]:
    moved = motion_of(trace, name) / max(*trace.scene.object(name).dimensions, 1e-3)
    return moved, f"'{name}' moves by {moved:.0%} of its size"


def _streamed(trace: Trace, name: str) -> tuple[float, str]:
    if trace.deformed is None or name not in trace.deformed.names:
        return 0.0, f"there are no particles '{name}'"
    most = float(np.nanmax(trace.deformed.number[:, trace.deformed.index(name)]))
    return most, f"there are up to {most:.0f} particles '{name}'"


def _lit(trace: Trace, name: str) -> tuple[float, str]:
    changes = sum(1 for e in trace.events if e.uid == "LookChanged" and e.parameters["object_id"] == name)
    return float(changes), f"'{name}' changes {changes} times"


def _grown(trace: Trace, name: str) -> tuple[float, str]:
    scale = trace.scale[:, trace.index(name)].prod(axis=1)
    change = float(scale.max() / max(scale.min(), 1e-9) - 1.0)
    return change, f"the volume of '{name}' changes by {change:.0%}"


def _flowed(trace: Trace, name: str) -> tuple[float, str]:
    if trace.deformed is None or name not in trace.deformed.names:
        return -1.0, f"there is no fluid '{name}'"
    volume = trace.deformed.volume[:, trace.deformed.index(name)]
    most = float(np.nanmax(volume)) if np.isfinite(volume).any() else -1.0
    return most, f"there are up to {max(most, 0.0) * 1000:.2g} litres of '{name}'"


def _rested(trace: Trace, name: str) -> tuple[float, str]:
    j, last = trace.index(name), round(LAST * trace.meta.fps)
    size, place = float(max(trace.scene.object(name).dimensions)), trace.position[-last - 1 :, j]
    moved = float(np.linalg.norm(place - place[-1], axis=1).max())
    text = f"'{name}' moves by {moved / max(size, 1e-3):.1%} of its size in the last {LAST} s"
    return float(moved <= max(STILL * size, HAIR)), text


def _high(trace: Trace, name: str) -> tuple[float, str]:
    """How far above z = 0 a thing is at least."""
    low = float(trace.position[:, trace.index(name), 2].min()) - float(trace.scene.object(name).dimensions[2]) / 2
    return low, f"'{name}' is at least {low:.2f} m above the ground"


def _sunk(trace: Trace, name: str) -> tuple[float, str]:
    """How far below where it began a thing is in the end."""
    place = trace.position[:, trace.index(name), 2]
    down = float(place[0] - place[-1])
    return down, f"'{name}' ends {down:.2f} m below where it began"


_SHOWN = {
    "height": _high,
    "depth": _sunk,
    "fluid": _flowed,
    "motion": _moved,
    "particles": _streamed,
    "light": _lit,
    "size": _grown,
    "rest": _rested,
}
"""How much of it a run shows, and that in words, for each kind of `Show`."""


def motion_of(trace: Trace, name: str) -> float:
    """How far a thing goes or turns in m, at most: its origin, what it is deformed by, or its rim."""
    return float(_parting(trace, name).max())


def _parting(trace: Trace, name: str) -> FloatArray:
    """How far in m a thing is from how it was at the start ``[F]``: its origin, its bounds where it is deformed, or its
    rim."""
    if trace.deformed is not None and name in trace.deformed.names:
        j = trace.deformed.index(name)
        box = np.concatenate([trace.deformed.low[:, j], trace.deformed.high[:, j]], axis=1)
        return np.asarray(np.abs(box - box[0]).max(axis=1))
    j = trace.index(name)
    far = np.linalg.norm(trace.position[:, j] - trace.position[0, j], axis=1)
    turn = np.abs(np.einsum("fi,i->f", trace.quaternion[:, j], trace.quaternion[0, j])).clip(0.0, 1.0)
    return np.asarray(np.maximum(far, np.arccos(turn) * float(max(trace.scene.object(name).dimensions)) / 2))


def _fired(staged: Staged, trace: Trace) -> list[Check]:
    """The rules that the sentence says did act."""
    fired = {e.parameters["rule"] for e in trace.events if e.uid == "RuleFired"}
    first = len(staged.graph.rules) - len(staged.manifest.rules) + 1
    found = []
    for number, text in enumerate(staged.manifest.rules, first):
        told = f"'{text}' {'acts' if number in fired else 'never acts'}"
        found.append(Check("rule", "", number in fired, told, False, "dynamics"))
    return found


def _order(staged: Staged, trace: Trace) -> list[Check]:
    """What is to wait for something does not begin before it; only where a run shows when either began."""
    happenings, found = staged.manifest.happenings, []
    for happening in happenings:
        before = happenings[happening.after] if happening.after is not None else None
        if before is None or before.who == happening.who:
            continue
        first, then = _happened(staged, trace, before), _onset(staged, trace, happening.who)
        if first is None or then is None:
            continue
        fps = trace.meta.fps
        text = f"'{happening.who}' begins at {then / fps:.2f} s, '{before.who}' at {first / fps:.2f} s"
        found.append(Check("order", happening.who, then >= first - AT_ONCE, text, False, "dynamics"))
    return found


def _happened(staged: Staged, trace: Trace, happening: Happening) -> int | None:
    """The frame in which something happened: two met, or else one began."""
    if happening.to is None or not verbs()[happening.does].touches:
        return _onset(staged, trace, happening.who)
    some = set(staged.manifest.subject(happening.who).names)
    placed = (staged.layout.placed[name] for name in staged.manifest.subject(happening.to).names)
    others = {body for one in placed for body in one.thing.bodies}
    pairs = [
        (event.frame, event.parameters["a_id"], event.parameters["b_id"])
        for event in trace.events
        if event.uid == "CollisionStart"
    ]
    return next((f for f, a, b in pairs if (a in some and b in others) or (b in some and a in others)), None)


def _onset(staged: Staged, trace: Trace, subject: str) -> int | None:
    """The first frame in which a subject moves, changes its size or its light, or gives something off."""
    names = staged.manifest.subject(subject).names
    begun = [frame for name in names if (frame := _began(trace, name)) is not None]
    begun += [
        e.frame for e in trace.events if e.uid == "LookChanged" and str(e.parameters["object_id"]).startswith(names)
    ]
    return min(begun, default=None)


def _began(trace: Trace, name: str) -> int | None:
    """The first frame in which a thing is not as it was."""
    frames = np.zeros(len(trace.position), dtype=bool)
    if name in trace.bodies:
        frames |= _parting(trace, name) > max(STILL * max(trace.scene.object(name).dimensions), HAIR)
        scale = trace.scale[:, trace.index(name)]
        frames |= (np.abs(scale / scale[0] - 1.0) > STILL).any(axis=1)
    if trace.deformed is not None:
        for j, system in enumerate(trace.deformed.names):
            if system.startswith(f"{name}: "):
                frames |= np.nan_to_num(trace.deformed.number[:, j]) > 0.0
    return int(frames.argmax()) if frames.any() else None


def mended(manifest: Manifest, checks: Sequence[Check]) -> Manifest | None:
    """The plan with what the critic's words ask of it: more of what did not suffice, and what cannot stand by itself is
    held. None where nothing can be done."""
    happenings, subjects = manifest.happenings, manifest.subjects
    if any(not check.met for check in checks if check.kind in ("event", "motion")):
        happenings = tuple(_faster(happening) for happening in happenings)
        subjects = tuple(_steeper(s) if is_slope(s) else s for s in subjects)
    fallen = {check.subject for check in checks if check.kind in ("rest", "settle") and not check.met}
    acting = {happening.who for happening in manifest.happenings if not verbs()[happening.does].stays}
    subjects = tuple(
        _held(s) if fallen & set(s.names) and s.name not in acting and not _is_met(manifest, s) else s for s in subjects
    )
    restless = any(check.kind == "comes to rest" and not check.met for check in checks)
    seconds = min(LONGER * manifest.seconds, LONGEST) if restless else manifest.seconds
    changed = manifest.model_copy(
        update={"happenings": happenings, "subjects": subjects, "seconds": max(seconds, manifest.seconds)}
    )
    return changed if changed != manifest else None


def _held(subject: Subject) -> Subject:
    return subject.model_copy(update={"moves": "fixed"})


def _is_met(manifest: Manifest, subject: Subject) -> bool:
    """Whether something is done to a thing, or a rule speaks of it."""
    done = any(happening.to == subject.name for happening in manifest.happenings)
    return done or any(subject.name in rule for rule in manifest.rules)


def _faster(happening: Happening) -> Happening:
    usual = verbs()[happening.does].speed
    if usual is None:
        return happening
    speed = usual if happening.amount is None else happening.amount
    return happening.model_copy(update={"amount": min(round(FASTER * speed, 4), FASTEST)})


def _steeper(slope: Subject) -> Subject:
    """A slope that is higher, as far as it can be."""
    knob = entry_of(slope.thing).knobs.get("height")
    if knob is None:
        return slope
    height = float(knob.taken(slope.parameters.get("height", knob.default)))  # type: ignore[arg-type]
    higher = min(round(FASTER * height, 4), knob.high)
    return slope.model_copy(update={"parameters": {**slope.parameters, "height": higher}})
