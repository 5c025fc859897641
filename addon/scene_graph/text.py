"""The compact text form of a scene graph that goes into prompts."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from .errors import SceneGraphError
from .flat import FlatPart, flat_parts, plane_angle
from .joint import Constraint
from .models import SceneGraph, SceneObject
from .relations import compute_relations
from .shapes import Mesh
from .world import Plane

COLORS = {
    "red": (0.8, 0.05, 0.05),
    "orange": (0.9, 0.4, 0.05),
    "yellow": (0.9, 0.8, 0.1),
    "green": (0.05, 0.6, 0.1),
    "cyan": (0.05, 0.7, 0.8),
    "blue": (0.05, 0.15, 0.8),
    "purple": (0.45, 0.1, 0.7),
    "pink": (0.95, 0.45, 0.65),
    "brown": (0.35, 0.18, 0.07),
    "black": (0.02, 0.02, 0.02),
    "gray": (0.4, 0.4, 0.4),
    "white": (0.95, 0.95, 0.95),
}
"""Reference colours, linear RGB."""


def color_name(rgba: tuple[float, float, float, float]) -> str:
    """The nearest named colour."""
    return min(COLORS, key=lambda name: sum((a - b) ** 2 for a, b in zip(COLORS[name], rgba[:3], strict=True)))


def _numbers(values: tuple[float, ...]) -> str:
    return "(" + ", ".join(f"{v:.3g}" if abs(v) < 1000 else f"{v:.0f}" for v in values) + ")"


def _shape(obj: SceneObject) -> str:
    if obj.light is not None:
        return f"{obj.light.type.lower()} light of {obj.light.energy:.3g} W"
    if obj.text is not None:
        return f"text {obj.text.body!r}"
    if obj.geometry is None:
        return "empty"
    kind = "mesh" if isinstance(obj.geometry, Mesh) else obj.geometry.kind
    return f"{kind} {_numbers(obj.dimensions)} m"


def _body(obj: SceneObject) -> str:
    if obj.body is None:
        return "no body"
    words = [obj.body.type] + (["kinematic"] if obj.body.kinematic else [])
    return " ".join(words) + f" {obj.body.mass:.3g} kg"


def one_line(text: str) -> str:
    """A text in one line: line breaks and other characters that cannot be seen are written as Python writes them.

    What is written so stays as it is when it is written again.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def object_line(obj: SceneObject) -> str:
    """One line on one object: name, class, colour, shape, body, position and whatever is not at its default."""
    body = [_body(obj)] if obj.light is None and obj.text is None else []
    parts = [_shape(obj), *body, f"at {_numbers(obj.location)}"]
    if obj.field is not None:
        parts.append(f"force field {obj.field.type} of strength {obj.field.strength:.3g}")
    parts.extend(element.text() for element in obj.elements)
    if obj.animation is not None:
        parts.append("animated")
    if obj.material is not None:
        parts.insert(0, color_name(obj.material.color))
        if obj.material.emission_strength:
            parts.append(f"shining {color_name(obj.material.emission_color)}")
    if obj.shape_keys:
        parts.append("shape keys " + ", ".join(f"{key.name!r}" for key in obj.shape_keys))
    if obj.semantic_class:
        parts.insert(0, obj.semantic_class)
    if obj.rotation != (1.0, 0.0, 0.0, 0.0):
        parts.append(f"rotated {_numbers(obj.rotation)} wxyz")
    if any(obj.velocity):
        parts.append(f"velocity {_numbers(obj.velocity)} m/s")
    if any(obj.angular_velocity):
        parts.append(f"angular velocity {_numbers(obj.angular_velocity)} rad/s")
    if obj.parent is not None:
        parts.append(f"child of {obj.parent}")
    if obj.instances is not None:
        parts.append(f"shows the collection {obj.instances!r}")
    if obj.tags:
        parts.append("tags " + " ".join(obj.tags))
    parts.extend(f"[{key!r}]={value!r}" for key, value in sorted(obj.properties.items()))
    if obj.hidden:
        parts.append("hidden")
    if obj.hide_render and not obj.hidden:
        parts.append("not rendered")
    return f"- {one_line(obj.name)}: " + ", ".join(parts)


def _constraint_line(constraint: Constraint) -> str:
    off = "" if constraint.enabled else ", disabled"
    if constraint.object2 is None:
        return f"- {constraint.name}: {constraint.type} of {constraint.object1} alone, which joins nothing{off}"
    joined = f"{constraint.object1} to {constraint.object2}"
    return f"- {constraint.name}: {constraint.type} joins {joined} at {_numbers(constraint.location)}{off}"


def plane_line(obj: SceneObject, unit: float) -> str:
    """One line on one object of a plane, lengths in its units: name, colour, shape, whether it moves, place, angle."""
    moves = "moves" if obj.body and obj.body.type == "ACTIVE" else "fixed"
    parts = [obj.semantic_class or _shape(obj), _outline(obj, unit), moves]
    if obj.material is not None:
        parts.insert(0, color_name(obj.material.color))
    parts.append(f"at {_numbers((obj.location[0] / unit, obj.location[2] / unit))}")
    angle = math.degrees(plane_angle(obj.rotation))
    if abs(angle) > 0.05:
        parts.append(f"turned by {angle:.3g}° counterclockwise")
    if obj.tags:
        parts.append("tags " + " ".join(obj.tags))
    return f"- {one_line(obj.name)}: " + ", ".join(parts)


def _outline(obj: SceneObject, unit: float) -> str:
    """The size of a ball or an upright box; of any other shape where its corners are in the plane."""
    x, _, z = obj.dimensions
    size = f"{x / unit:.3g} wide, {z / unit:.3g} high"
    try:
        found = flat_parts(obj)
    except SceneGraphError:
        return size
    first = found[0]
    if len(found) == 1 and first.radius and not first.points.any():
        return f"of radius {first.radius / unit:.3g}"
    if len(found) == 1 and len(first.points) == 4 and np.allclose(np.abs(first.points), (x / 2, z / 2)):
        return size
    pieces = [_placed(part, obj, unit) for part in found]
    return pieces[0] if len(pieces) == 1 else f"in {len(pieces)} pieces: " + "; ".join(pieces)


def _placed(part: FlatPart, obj: SceneObject, unit: float) -> str:
    """A part where the object has it in the plane."""
    angle = plane_angle(obj.rotation)
    c, s = math.cos(angle), math.sin(angle)
    x, y = part.points.T
    placed = np.column_stack([c * x - s * y + obj.location[0], s * x + c * y + obj.location[2]]) / unit
    corners = " ".join(_numbers(tuple(point)) for point in placed.tolist())
    return f"circle of radius {part.radius / unit:.3g} about {corners}" if part.radius else f"corners {corners}"


def _plane_lines(graph: SceneGraph, plane: Plane) -> Iterator[str]:
    unit = plane.meters_per_unit
    field = "" if plane.size is None else f" of {plane.size[0]:g} by {plane.size[1]:g} units"
    down = -graph.world.gravity[2] / unit
    yield f"a plane{field}, x to the right, y up, gravity {down:.3g} units/s² down, {graph.world.fps:g} steps a second"
    yield "objects:"
    yield from (plane_line(o, unit) for o in graph.objects)


def _lines(graph: SceneGraph) -> Iterator[str]:
    world = graph.world
    if world.plane is not None:
        yield from _plane_lines(graph, world.plane)
        return
    yield f"gravity {_numbers(world.gravity)} m/s², {world.fps:g} steps a second, up is +z"
    yield from (surroundings.text() for surroundings in (graph.sky, graph.fog) if surroundings is not None)
    yield "objects:"
    yield from (object_line(o) for o in graph.objects)
    if graph.constraints:
        yield "constraints:"
        yield from (_constraint_line(c) for c in graph.constraints)
    # What lies within a bounding box need not be inside: a ball on a slope, a plate that is let into a floor.
    told = [r for r in compute_relations(graph) if r.kind == "supports"]
    if told:
        yield "relations: " + "; ".join(f"{r.subject} supports {r.object}" for r in told)


def scene_text(graph: SceneGraph) -> str:
    """The scene in a few lines: SI units, world frame, up is +z; a plane in its own units."""
    return "\n".join(map(one_line, _lines(graph))) + "\n"
