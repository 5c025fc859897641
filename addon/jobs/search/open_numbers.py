"""Numbers of a scene and of its script that are open, ``Ball.velocity.x=0..8``: read, bounded and put in.

A search works in the unit cube; `Space` takes its points to values and back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...executor.tuning import OpenNumber as Tuned
from ...executor.tuning import open_numbers as tuned_numbers
from ...executor.tuning import with_numbers
from ...rewards.errors import nearest
from ...scene_graph import Primitive, SceneGraph, SceneObject, is_free, is_held
from .errors import SearchError
from .following import carried, children_of
from .quantities import Quantity, object_quantities, world_quantities

MOST = 16
"""How many numbers may be open at once."""

WORLD, SCRIPT = "world", "script"
"""What stands before the numbers of the world and of the script."""

MOTION = ("velocity", "angular_velocity")
MOVED_SETTINGS = ("body.mass", "body.linear_damping", "body.angular_damping")
"""What of an object, and of its body, counts only where physics moves it."""

PLACES = ("location", "rotation", "size")
"""What of an object says where it is."""

EXAMPLE = "Ball.velocity.x=0..8"

Values = tuple[float, ...]
Point = tuple[float, ...]
"""Values, and a place in the unit cube that stands for them."""

Changes = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class OpenNumber:
    """One open number by its name, with its bounds; ``count`` is how many values between them it may have, or None."""

    name: str
    low: float
    high: float
    count: int | None = None

    def value(self, part: float) -> float:
        """The value at a part of the way between the bounds, with as few digits as tell a millionth of it apart."""
        if self.count is not None:
            part = round(part * (self.count - 1)) / (self.count - 1)
        digits = 5 - math.floor(math.log10(self.high - self.low))
        return min(max(round(self.low + part * (self.high - self.low), digits), self.low), self.high)

    def part(self, value: float) -> float:
        """The part of the way at which a value lies, at most at the bounds."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


@dataclass(frozen=True)
class Space:
    """All open numbers, and the values that the scene has of itself."""

    numbers: tuple[OpenNumber, ...]
    own: Values

    @property
    def start(self) -> Point:
        """The scene's own values, brought within the bounds."""
        return tuple(number.part(value) for number, value in zip(self.numbers, self.own, strict=True))

    @property
    def counts(self) -> tuple[int | None, ...]:
        """How many values each number may have."""
        return tuple(number.count for number in self.numbers)

    def values(self, point: Point) -> Values:
        """The values at a point of the unit cube."""
        return tuple(number.value(part) for number, part in zip(self.numbers, point, strict=True))

    def named(self, values: Values) -> dict[str, float]:
        """Values by the names of the numbers."""
        return {number.name: value for number, value in zip(self.numbers, values, strict=True)}


def open_space(texts: Sequence[str], graph: SceneGraph, script: str | None = None) -> Space:
    """What is open: the numbers that are named, and those of the script, all unless some of them are named.

    Raises SearchError for a number that there is not (with the nearest that there is), without bounds, with bounds that
    cannot be, or twice; if none or too many are open; and ScriptError for a script that cannot be read.
    """
    tuned = {} if script is None else {f"{SCRIPT}.{k}": number for k, number in enumerate(tuned_numbers(script), 1)}
    named = [_read(text, graph, tuned) for text in texts]
    given = {number.name for number in named}
    if not given & set(tuned):
        named += [OpenNumber(name, number.low, number.high) for name, number in tuned.items()]
    _check_all(named, graph)
    return Space(tuple(named), tuple(_own(number.name, graph, tuned) for number in named))


def applied(values: Mapping[str, float], graph: SceneGraph, script: str | None = None) -> tuple[SceneGraph, str | None]:
    """The scene and the script with other values of their numbers, given by name."""
    world, objects = graph.world, {obj.name: obj for obj in graph.objects}
    for name, value in values.items():
        if name.startswith(f"{SCRIPT}."):
            continue
        owner, quantity = _quantity(name, graph)
        if owner is None:
            world = quantity.write(world, value)
        else:
            _write(owner, quantity, value, objects)
    changed = graph.model_copy(update={"world": world, "objects": tuple(objects.values())})
    return changed, script if script is None else _tuned(script, values)


def changes(names: Sequence[str], graph: SceneGraph) -> Changes:
    """What the named numbers set, as plain data by object ("" for the world), for a scene that is in Blender."""
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        if name.startswith(f"{SCRIPT}."):
            continue
        owner, quantity = _quantity(name, graph)
        model = graph.world if owner is None else graph.object(owner)
        field, _, part = quantity.changes.partition(".")
        field = {"size": "scale"}.get(field, field)
        value = getattr(graph.object(owner or "").body, part) if field == "body" else getattr(model, field)
        found.setdefault(owner or "", {})[f"body.{part}" if field == "body" else field] = value
    return found


def moved(names: Sequence[str], graph: SceneGraph) -> set[str]:
    """The objects whose place, angle or size some of the named numbers set."""
    owned = [_quantity(name, graph) for name in names if not name.startswith(f"{SCRIPT}.")]
    return {owner for owner, q in owned if owner is not None and q.changes.partition(".")[0] in PLACES}


def _write(owner: str, quantity: Quantity, value: float, objects: dict[str, SceneObject]) -> None:
    """Change one number of an object; what hangs on it goes with it."""
    before = objects[owner]
    after = objects[owner] = quantity.write(before, value)
    if quantity.changes.partition(".")[0] in PLACES:
        for name in children_of(owner, objects):
            objects[name] = carried(before, after, objects[name])


def _tuned(script: str, values: Mapping[str, float]) -> str:
    """The script with other values of the numbers that are given."""
    numbers = enumerate(tuned_numbers(script), 1)
    return with_numbers(script, [values.get(f"{SCRIPT}.{k}", number.value) for k, number in numbers])


def _own(name: str, graph: SceneGraph, tuned: Mapping[str, Tuned]) -> float:
    if name in tuned:
        return tuned[name].value
    owner, quantity = _quantity(name, graph)
    return quantity.read(graph.world if owner is None else graph.object(owner))


_BOUNDS = re.compile(r"(?P<low>[^/]*?)\.\.(?P<high>[^/]*)(?:/(?P<count>.*))?")


def _read(text: str, graph: SceneGraph, tuned: Mapping[str, Tuned]) -> OpenNumber:
    """One open number as it is written, ``NAME=LOW..HIGH`` or ``NAME=LOW..HIGH/COUNT``."""
    name, sign, bounds = (part.strip() for part in text.rpartition("="))
    if not sign and bounds in tuned:
        return OpenNumber(bounds, tuned[bounds].low, tuned[bounds].high)
    found = _BOUNDS.fullmatch(bounds) if sign else None
    if found is None:
        what = name if sign else bounds
        raise SearchError(f"open numbers need bounds: write '{what or 'Ball.velocity.x'}=0..8', not '{text}'")
    low, high = (_number(found[side], text) for side in ("low", "high"))
    if not low < high:
        raise SearchError(f"'{text}': the bounds are the wrong way round: {low:g} is not less than {high:g}")
    least, most = _limits(name, graph, tuned)
    if low < least or high > most:
        raise SearchError(f"'{text}': {name} can be from {least:g} to {most:g}; choose bounds within that")
    return OpenNumber(name, low, high, None if found["count"] is None else _count(found["count"], text))


def _number(text: str, whole: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise SearchError(f"'{whole}': '{text.strip()}' is no number; write bounds as in {EXAMPLE}") from None
    if not math.isfinite(value):
        raise SearchError(f"'{whole}': the bound {text.strip()} is not finite; write bounds as in {EXAMPLE}")
    return value


def _count(text: str, whole: str) -> int:
    if not re.fullmatch(r"\s*\d{1,6}\s*", text) or int(text) < 2:
        raise SearchError(f"'{whole}': after the slash stands how many values there are, at least 2: {EXAMPLE}/9")
    return int(text)


def _limits(name: str, graph: SceneGraph, tuned: Mapping[str, Tuned]) -> tuple[float, float]:
    if name in tuned:
        return tuned[name].low, tuned[name].high
    if name.startswith(f"{SCRIPT}."):
        known = f"; {nearest(name, tuned)}" if tuned else ": no number of a script is open; write tune(4.0, 1.0, 8.0)"
        raise SearchError(f"there is no number '{name}'{known}")
    quantity = _quantity(name, graph)[1]
    return quantity.low, quantity.high


def _quantity(name: str, graph: SceneGraph) -> tuple[str | None, Quantity]:
    """The object (None for the world) and the quantity that a name stands for. Raises SearchError."""
    owner, field = _split(name, graph)
    if owner is None:
        return None, _known(field, world_quantities(graph.world), "the world")
    quantity = _known(field, object_quantities(graph.world), f"'{owner}'")
    obj = graph.object(owner)
    if quantity.needs == "body" and obj.body is None:
        raise SearchError(f"'{name}': '{owner}' has no rigid body; give it one, or vary something else")
    if _is_of_motion(quantity) and not (is_free(obj) or is_held(obj)):
        raise SearchError(f"'{name}': physics does not move '{owner}', so this changes nothing; vary something else")
    if graph.world.plane is not None and quantity.changes.startswith("size.") and _is_ball(obj):
        raise SearchError(f"'{name}': a ball of a plane stays round; vary its radius")
    if quantity.needs == "mesh" and not (obj.geometry is not None and quantity.read(obj) > 0.0):
        raise SearchError(f"'{name}': '{owner}' has no such size to change; vary something else")
    if quantity.changes.startswith("size.") and children_of(owner, {o.name: o for o in graph.objects}):
        raise SearchError(f"'{name}': what hangs on '{owner}' would be bent; vary its scale")
    return owner, quantity


def _is_of_motion(quantity: Quantity) -> bool:
    """Whether only what physics moves has such a number."""
    return quantity.changes.partition(".")[0] in MOTION or quantity.changes in MOVED_SETTINGS


def _is_ball(obj: SceneObject) -> bool:
    return isinstance(obj.geometry, Primitive) and obj.geometry.kind == "sphere"


def _split(name: str, graph: SceneGraph) -> tuple[str | None, str]:
    """The object's name, which may have dots itself, and what follows it. Raises SearchError."""
    owners = [owner for owner in graph.names if name.startswith(f"{owner}.")]
    if owners:
        owner = max(owners, key=len)
        return owner, name[len(owner) + 1 :]
    if name.startswith(f"{WORLD}."):
        return None, name[len(WORLD) + 1 :]
    first = name.partition(".")[0]
    raise SearchError(f"'{name}': there is no object '{first}'; {nearest(first, (*graph.names, WORLD))}")


def _known(field: str, table: Mapping[str, Quantity], what: str) -> Quantity:
    if field not in table:
        raise SearchError(f"'{field}' of {what} cannot be varied; {nearest(field, table)}")
    return table[field]


def _check_all(numbers: Sequence[OpenNumber], graph: SceneGraph) -> None:
    """Raise SearchError if none or too many are open, or two set the same."""
    if not numbers:
        raise SearchError(f"no number is open: name some with --vary {EXAMPLE}, or write tune(…) in a script")
    if len(numbers) > MOST:
        raise SearchError(f"{len(numbers)} numbers are open, {MOST} are the most; leave out those that matter least")
    before: dict[tuple[str, str], str] = {}
    for number in numbers:
        owner, part = SCRIPT, number.name
        if not number.name.startswith(f"{SCRIPT}."):
            found, quantity = _quantity(number.name, graph)
            owner, part = found or WORLD, quantity.changes
        for (other, set_by_other), name in before.items():
            if other == owner and _overlap(part, set_by_other):
                raise SearchError(f"'{number.name}' and '{name}' both set the same; leave one of them out")
        before[owner, part] = number.name


def _overlap(first: str, second: str) -> bool:
    return first == second or first.startswith(f"{second}.") or second.startswith(f"{first}.")
