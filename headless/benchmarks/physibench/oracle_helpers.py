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
