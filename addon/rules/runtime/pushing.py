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
        other = objects[said[0]].location if kind in ("attraction", "spring", "follow", "circle") else (0.0, 0.0, 0.0)
        state["first " + str(push)] = (*(p - o for p, o in zip(place, other)), now)


def push_no_more(name, kind, *said):
    """End what this rule began with `push_on`, or what others began where it began nothing of it."""
    alike = [p for p in state.get("pushes", []) if p[:3] == (name, kind, said)]
    ended = [p for p in alike if p[3] == rule] or alike
    state["pushes"] = [p for p in state.get("pushes", []) if p not in ended]


def stop_pushing(name, kind=""):
    """End what pushes a body, whichever rule began it: all of it, or one kind alone.

    A "force" that is to end is also one towards something; where there is none, it is whatever else moves it on.
    """
    mine = [p for p in state.get("pushes", []) if p[0] == name]
    ended = [p for p in mine if not kind or p[1] == kind]
    if kind == "force":
        ended += [p for p in mine if p[1] == "towards"]
        ended = ended or [p for p in mine if p[1] in ("acceleration", "attraction", "follow", "circle")]
    state["pushes"] = [p for p in state.get("pushes", []) if p not in ended]


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
        to, strength, fades, reach, sign = said
        if strength is None:
            far = math.hypot(*at_first(push)[:3]) if fades else 1.0
            strength = 2 * 9.81 * thing.rigid_body.mass * far * far
        thing.attract(to, sign * strength, 2 if fades else 0, reach=reach, mutual=moved_by_physics(to))
    elif kind == "towards":
        thing.attract(said[0], said[1], 0)
    elif kind == "spring":
        anchor, stiffness, damping, rest = said
        length = math.hypot(*at_first(push)[:3]) if rest is None else rest
        thing.spring(anchor, stiffness, damping, length, mutual=moved_by_physics(anchor))
    elif kind == "drag":
        thing.drag(said[0], said[1])
    elif kind == "wind":
        thing.wind(said[0], said[1])
    elif kind == "hover":
        height, over = said
        if over is not None:
            below = objects[over]
            thing.hover(below.location.z + below.dimensions.z / 2 + height)
        else:
            thing.hover(at_first(push)[2] if height is None else height)
    elif kind == "follow":
        leader, offset, distance = said
        apart = at_first(push)[:3] if offset is None else offset
        thing.follow(leader, apart if distance is None else mathutils.Vector(apart).normalized() * distance)
    elif kind == "circle":
        circle(push)
    elif kind == "belt" and thing.touching(said[0]):
        carry(thing, said[0], said[1])


def circle(push):
    """Push a body round another one at the same height as it was from it, against gravity."""
    name, _, (centre, radius, period, speed, sign), _ = push
    x, y, z, begun = at_first(push)
    far = math.hypot(x, y)
    if radius is not None:
        x, y = (radius * x / far, radius * y / far) if far > 1e-6 else (radius, 0.0)
        far = radius
    if far < 1e-6:
        raise ValueError(name + " is straight above or below " + centre + " and has no way round it; say a distance")
    rate = sign * (speed / far if period is None else math.tau / period)
    before = (1 - 1 / bpy.context.scene.rigidbody_world.substeps_per_frame) / 2
    angle = rate * (now - begun + before * dt)
    c, s = math.cos(angle), math.sin(angle)
    spoke = (c * x - s * y, s * x + c * y)
    pace = (-rate * spoke[1], rate * spoke[0], 0.0)
    bend = (-rate * rate * spoke[0], -rate * rate * spoke[1], 0.0)
    objects[name].follow(centre, (*spoke, z), 8.0, pace=pace, bend=bend)


def carry(thing, belt, velocity):
    """Move a body with the belt that it lies on, whose friction would hold it back."""
    pull = thing.rigid_body.friction * objects[belt].rigid_body.friction * thing.rigid_body.mass
    way = mathutils.Vector((velocity[0], velocity[1], 0.0))
    thing.velocity = (velocity[0], velocity[1], thing.velocity.z)
    thing.apply_force(way.normalized() * (pull * bpy.context.scene.gravity.length))


def advance_pushes():
    """Push all bodies that are being pushed."""
    for push in state.get("pushes", []):
        if moved_by_physics(push[0]):
            push_once(push)
        elif push not in state.setdefault("not pushed", []):
            state["not pushed"].append(push)
            print(push[0] + " is held or not moved by physics, so that nothing pushes it until it is let go")
