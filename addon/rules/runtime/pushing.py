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
        state.pop("first " + str(push), None)


def push_no_more(name, kind, *said):
    """End what this rule began with `push_on`."""
    state["pushes"] = [p for p in state.get("pushes", []) if p != (name, kind, said, rule)]


def stop_pushing(name, kind=""):
    """End what pushes a body, whichever rule began it: all of it, or one kind alone."""
    state["pushes"] = [p for p in state.get("pushes", []) if p[0] != name or (kind and p[1] != kind)]


def at_first(push, value):
    """A value as it was in the step in which a push began."""
    return state.setdefault("first " + str(push), value)


def push_once(push):
    """Push a body in this step in the way of a kind."""
    name, kind, said, _ = push
    thing = objects[name]
    if kind == "force":
        thing.apply_force(said[0])
    elif kind == "acceleration":
        thing.apply_force(mathutils.Vector(said[0]) * thing.rigid_body.mass)
    elif kind == "attraction":
        to, strength, power, reach = said
        thing.attract(to, strength, power, reach=reach)
    elif kind == "spring":
        anchor, stiffness, damping, rest = said
        apart = (thing.location - objects[anchor].location).length
        thing.spring(anchor, stiffness, damping, at_first(push, apart) if rest is None else rest)
    elif kind == "drag":
        thing.drag(said[0], said[1])
    elif kind == "wind":
        thing.wind(said[0], said[1])
    elif kind == "hover":
        thing.hover(at_first(push, thing.location.z) if said[0] is None else said[0])
    elif kind == "follow":
        leader, offset, distance = said
        apart = at_first(push, tuple(thing.location - objects[leader].location)) if offset is None else offset
        thing.follow(leader, apart if distance is None else mathutils.Vector(apart).normalized() * distance)
    elif kind == "belt" and thing.touching(said[0]):
        carry(thing, said[1])


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
