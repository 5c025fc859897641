"""What goes on pushing bodies: forces, attraction, springs, wind, drag, hovering, belts, coming along.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def push_on(name, kind, *said):
    """Go on pushing a body in the way of a kind and of what is said of it, until the same rule or another ends it."""
    push = (name, kind, said, rule)
    if push not in state.setdefault("pushes", []):
        state["pushes"].append(push)
        place = objects[name].location
        other = objects[said[0]].location if kind in ("spring", "follow", "circle") else (0.0, 0.0, 0.0)
        state["first " + str(push)] = (*(p - o for p, o in zip(place, other)), now)


def push_no_more(name, kind, *said):
    """End what this rule began with `push_on`."""
    state["pushes"] = [p for p in state.get("pushes", []) if p != (name, kind, said, rule)]


def stop_pushing(name, kind=""):
    """End what pushes a body, whichever rule began it: all of it, or one kind alone."""
    state["pushes"] = [p for p in state.get("pushes", []) if p[0] != name or (kind and p[1] != kind)]


def at_first(push):
    """Where a body was when a push began, from the object that it goes by if there is one, and when that was."""
    return state["first " + str(push)]


def push_once(push):
    """Push a body in this step in the way of a kind."""
    name, kind, said, _ = push
    thing = objects[name]
    if kind == "force":
        thing.apply_force(said[0])
    elif kind == "acceleration":
        thing.apply_force(mathutils.Vector(said[0]) * thing.rigid_body.mass)
    elif kind == "attraction":
        to, strength, power, reach, sign = said
        pull = 9.81 * thing.rigid_body.mass if strength is None else strength
        thing.attract(to, sign * pull, power, reach=reach)
    elif kind == "spring":
        anchor, stiffness, damping, rest = said
        thing.spring(anchor, stiffness, damping, math.hypot(*at_first(push)[:3]) if rest is None else rest)
    elif kind == "drag":
        thing.drag(said[0], said[1])
    elif kind == "wind":
        thing.wind(said[0], said[1])
    elif kind == "hover":
        thing.hover(at_first(push)[2] if said[0] is None else said[0])
    elif kind == "follow":
        leader, offset, distance = said
        apart = at_first(push)[:3] if offset is None else offset
        thing.follow(leader, apart if distance is None else mathutils.Vector(apart).normalized() * distance)
    elif kind == "circle":
        circle(push)
    elif kind == "belt" and thing.touching(said[0]):
        carry(thing, said[1])


def circle(push):
    """Push a body round another one at the same height as it was from it, against gravity."""
    name, _, (centre, radius, period, speed, sign), _ = push
    thing, middle = objects[name], objects[centre]
    x, y, z, begun = at_first(push)
    if radius is not None:
        far = math.hypot(x, y)
        x, y = (radius * x / far, radius * y / far) if far > 1e-6 else (radius, 0.0)
    far = math.hypot(x, y)
    rate = sign * (speed / far if period is None and far else math.tau / (period or 1.0))
    angle = rate * (now - begun)
    c, s = math.cos(angle), math.sin(angle)
    spoke = mathutils.Vector((c * x - s * y, s * x + c * y, z))
    lead = mathutils.Vector((-rate * spoke.y, rate * spoke.x, 0.0))
    gap = middle.location + spoke - thing.location
    lag = thing.velocity - middle.velocity - lead
    inward = mathutils.Vector((-rate * rate * spoke.x, -rate * rate * spoke.y, 0.0))
    way = inward + (gap * 64 - lag * 16) / (1 + 8 * dt) - bpy.context.scene.gravity
    thing.apply_force(way * thing.rigid_body.mass)


def carry(thing, velocity):
    """Push a body up to the velocity of a belt that it lies on, with half its weight at most."""
    grip = thing.rigid_body.mass * bpy.context.scene.gravity.length / 2
    lag = mathutils.Vector(velocity) - thing.velocity
    push = mathutils.Vector((lag.x, lag.y, 0.0)) * (thing.rigid_body.mass / dt)
    thing.apply_force(push * (grip / push.length) if push.length > grip else push)


def advance_pushes():
    """Push all bodies that are being pushed."""
    for push in state.get("pushes", []):
        if moved_by_physics(push[0]):
            push_once(push)
