"""Functions that the oracles of machines have in front of them: source of scripts, not a module.

They are part of the published machines, whose digest is over them too, and stay as they are whatever becomes of the
helpers in ``addon/rules/runtime``. ``objects`` is ``bpy.data.objects``, ``now`` the time in seconds since the start;
``state``, ``frame`` and ``dt`` come from the executor. ``rule`` is the number of the rule at work.
"""


def contact(a, b):
    """What is known of a pair: whether it touches, begins to in this step, how often it began, first and last."""
    pair = "touch " + min(a, b) + " / " + max(a, b)
    known = state.get(pair, (0, False, False, 0, 0, 0))
    if known[0] != frame:
        meets = objects[a].touching(b)
        begins = meets and not known[1]
        first, last = (known[4] or frame, frame) if begins else known[4:]
        known = (frame, meets, begins, known[3] + begins, first, last)
        state[pair] = known
    return known


def touched(a, b):
    """True once a has touched b, from the first touch on."""
    return contact(a, b)[3] > 0


def touching(a, b):
    """True while a touches b."""
    return contact(a, b)[1]


def new_touch(a, b):
    """True in each step in which a begins to touch b."""
    return contact(a, b)[2]


def touch_count(a, b):
    """How many times a has begun to touch b."""
    return contact(a, b)[3]


def in_order(a, b, c, d):
    """True once c has begun to touch d after a had touched b."""
    earlier, then = contact(a, b)[4], contact(c, d)[5]
    return 0 < earlier < then


def every(seconds):
    """True once in each period of so many seconds, first when one period is over."""
    return frame > 1 and int(now / seconds + 1e-6) > int((now - dt) / seconds + 1e-6)


def once(name, condition, delay=0.0):
    """True in one single step: delay seconds after the condition was true for the first time."""
    key = "once " + str(rule) + " " + name
    if condition and key not in state:
        state[key] = now + delay
    if key in state and key + " done" not in state and now >= state[key] - 1e-6:
        state[key + " done"] = True
        return True
    return False


def later(name, condition, delay):
    """True delay seconds after each step in which the condition was true."""
    key = "later " + str(rule) + " " + name
    due = state.get(key, [])
    if condition:
        due = due + [now + delay]
    state[key] = [time for time in due if now < time - 1e-6]
    return len(state[key]) < len(due)


def glide(name, offset, seconds=0.0):
    """Move an object by offset (x, y, z) in metres, evenly over so many seconds."""
    place = objects[name].location
    motion = ("glide", name, (place.x, place.y, place.z), offset, now, seconds)
    state["motions"] = [m for m in state.get("motions", []) if m[:2] != motion[:2]] + [motion]


def turn(name, degrees, axis, seconds=0.0):
    """Rotate an object by degrees about its own axis "x", "y" or "z", evenly over so many seconds."""
    angles = objects[name].rotation_euler
    offset = [math.radians(degrees) if axis == letter else 0.0 for letter in "xyz"]
    motion = ("turn", name, (angles.x, angles.y, angles.z), offset, now, seconds)
    state["motions"] = [m for m in state.get("motions", []) if m[:2] != motion[:2]] + [motion]


def open_door(name):
    """Raise an object by its own height within 0.5 seconds."""
    glide(name, (0.0, 0.0, objects[name].dimensions.z), 0.5)


def close_door(name):
    """Lower an object by its own height within 0.5 seconds."""
    glide(name, (0.0, 0.0, -objects[name].dimensions.z), 0.5)


def advance_motions():
    """Go on with everything that glides or turns; the last call of every step."""
    motions = state.get("motions", [])
    for kind, name, start, offset, begun, seconds in motions:
        share = min((now + dt - begun) / seconds, 1.0) if seconds > dt else 1.0
        target = [s + share * o for s, o in zip(start, offset)]
        if kind == "glide":
            objects[name].location = target
        else:
            objects[name].rotation_euler = target
    state["motions"] = [m for m in motions if now + dt < m[4] + m[5] - 1e-6]


def becomes(name, condition):
    """True in each step in which the condition becomes true, not where it is so at the start."""
    key = "becomes " + str(rule) + " " + name
    before = state.get(key, True)
    state[key] = bool(condition)
    return state[key] and not before


def distance(a, b):
    """Metres between two origins."""
    return (objects[a].location - objects[b].location).length


def tilt(name):
    """Degrees between an object's own z axis and where that pointed in the first step."""
    axis = objects[name].rotation_quaternion @ mathutils.Vector((0.0, 0.0, 1.0))
    first = state.setdefault("axis " + name, (axis.x, axis.y, axis.z))
    return math.degrees(axis.angle(mathutils.Vector(first)))


def came_to_rest(name):
    """True once an object that was faster than 0.1 m/s has been slower than 0.02 m/s for a quarter of a second."""
    speed = objects[name].velocity.length
    moved, since = state.get("rest " + name, (False, -1.0))
    since = -1.0 if speed > 0.02 else (now if since < 0 else since)
    state["rest " + name] = (moved or speed > 0.1, since)
    return moved and since >= 0 and now - since >= 0.25


def push_on(name, kind, *said):
    """Push a body from now on: with a force, by wind, towards another one, or by a spring to one."""
    length = distance(name, said[0]) if kind == "spring" else 0.0
    state["pushes"] = [*state.get("pushes", []), (name, kind, said, length)]


def push_no_more(name, kind, *said):
    """End what was begun with `push_on`."""
    state["pushes"] = [push for push in state["pushes"] if push[:3] != (name, kind, said)]


def advance_pushes():
    """Push all bodies that are being pushed; called in every step."""
    for name, kind, said, length in state.get("pushes", []):
        thing = objects[name]
        if thing.rigid_body.kinematic:
            continue
        if kind == "force":
            thing.apply_force(said[0])
        elif kind == "wind":
            thing.wind(said[0], said[1])
        elif kind == "attraction":
            thing.apply_force((objects[said[0]].location - thing.location).normalized() * said[1])
        elif kind == "spring":
            thing.spring(said[0], said[1], 0, length)


def orbit(name, centre, period):
    """Move an object round another one at its present distance, counter-clockwise from above, in a period."""
    offset = objects[name].location - objects[centre].location
    state["orbits"] = [*state.get("orbits", []), (name, centre, (offset.x, offset.y, offset.z), now, period)]


def advance_cycles():
    """Go on with everything that goes round; called in every step."""
    for name, centre, (x, y, z), begun, period in state.get("orbits", []):
        angle = math.tau * (now + dt - begun) / period
        c, s = math.cos(angle), math.sin(angle)
        objects[name].location = objects[centre].location + mathutils.Vector((c * x - s * y, s * x + c * y, z))


def shine(name, part=1):
    """Turn a lamp on or off, so that it is seen; it no longer blinks."""
    state["blinking"] = [lamp for lamp in state.get("blinking", []) if lamp[0] != name]
    light(name, part)


def shine_as_before(name):
    """Let a lamp no longer blink; before it did, it was dark."""
    shine(name, 0)


def light(name, part):
    """Give a lamp its light and its property."""
    inputs = objects[name].active_material.node_tree.nodes["Principled BSDF"].inputs
    inputs["Emission Color"].default_value = objects[name].active_material.diffuse_color
    inputs["Emission Strength"].default_value = 5 * part
    objects[name]["on"] = part > 0


def blink(name, period):
    """Let a lamp shine in the first half of each period, until it is told otherwise."""
    shine(name)
    state["blinking"] = [*state["blinking"], (name, now, period)]


def advance_looks():
    """Go on with everything that blinks; called in every step."""
    for name, begun, period in state.get("blinking", []):
        lit = ((now - begun) / period + 1e-6) % 1.0 < 0.5
        if lit != objects[name]["on"]:
            light(name, 1 if lit else 0)
