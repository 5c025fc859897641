"""Box2D's own contacts, as the trace has them.

A contact that Box2D tells after step k was found from the poses before that step, and its impulses are those of the
step; zones, which take part in no collision, get the nearest points of the shapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import Box2D as b2  # noqa: N813
import numpy as np

from addon.geometry.plane import Path, Piece, nearest
from addon.scene_graph import NO_CONTACTS, Contacts

Row = tuple[float, ...]
"""Indices of both bodies, the point and the normal in the plane, the distance and the impulse."""


_first_edge = b2.b2Body._b2Body__GetContactList_internal
"""The first contact of a body; what the wrapper gives by a public name lists them all, at three times the cost."""


def touches(a: b2.b2Body, b: int) -> bool:
    """Whether a body touches the one whose index is ``b``, as Box2D has it."""
    edge = _first_edge(a)
    while edge is not None:
        if edge.other.userData == b and edge.contact.touching:
            return True
        edge = edge.next
    return False


def contacts_of(world: b2.b2World, pieces: Sequence[Sequence[Piece]]) -> Contacts:
    """What touches in a world, in order of pairs; ``pieces`` are those of each body by its index."""
    rows = [row for contact in world.contacts if contact.touching for row in contact_rows(contact, pieces)]
    if not rows:
        return NO_CONTACTS
    rows.sort()
    columns = np.array(rows)
    flat = np.zeros(len(rows))
    return Contacts(
        columns[:, :2].astype(np.int32),
        np.column_stack([columns[:, 2], flat, columns[:, 3]]),
        np.column_stack([columns[:, 4], flat, columns[:, 5]]),
        columns[:, 6],
        columns[:, 7],
    )


def contact_rows(contact: b2.b2Contact, pieces: Sequence[Sequence[Piece]]) -> Iterator[Row]:
    """The points of a contact, those of the body with the lower index first."""
    one, other = contact.fixtureA, contact.fixtureB
    a, b = one.body.userData, other.body.userData
    turn = 1.0 if a < b else -1.0
    low, high = min(a, b), max(a, b)
    if one.sensor or other.sensor:
        bodies = sorted((one.body, other.body), key=lambda body: body.userData)
        yield (low, high, *_nearest(bodies, pieces), 0.0)
        return
    manifold, placed = contact.manifold, contact.worldManifold
    nx, ny = placed.normal
    for k in range(manifold.pointCount):
        x, y = placed.points[k]
        own = manifold.points[k]
        yield low, high, x, y, turn * nx, turn * ny, _separation(contact, k, (nx, ny)), own.normalImpulse


def _separation(contact: b2.b2Contact, k: int, normal: tuple[float, float]) -> float:
    """The gap at a manifold's point in m, negative for an overlap (b2WorldManifold of Box2D, which has it inside)."""
    manifold = contact.manifold
    a, b = contact.fixtureA, contact.fixtureB
    radii = float(a.shape.radius + b.shape.radius)
    if manifold.type_ == b2.b2Manifold.e_circles:
        start, end = a.body.GetWorldPoint(manifold.localPoint), b.body.GetWorldPoint(manifold.points[k].localPoint)
        return float((end - start).length) - radii
    flat, other = (a, b) if manifold.type_ == b2.b2Manifold.e_faceA else (b, a)
    way = 1.0 if flat is a else -1.0
    x, y = other.body.GetWorldPoint(manifold.points[k].localPoint) - flat.body.GetWorldPoint(manifold.localPoint)
    return way * float(x * normal[0] + y * normal[1]) - radii


def _nearest(
    bodies: Sequence[b2.b2Body], pieces: Sequence[Sequence[Piece]]
) -> tuple[float, float, float, float, float]:
    paths = [Path(np.array([body.position]), np.array([body.angle])) for body in bodies]
    own = [pieces[body.userData] for body in bodies]
    found = nearest(own[0], paths[0], own[1], paths[1])
    point, normal = found.point[0].tolist(), found.normal[0].tolist()
    return point[0], point[1], normal[0], normal[1], float(found.distance[0])
