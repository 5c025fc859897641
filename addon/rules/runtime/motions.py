"""What goes on from step to step: gliding, turning.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


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


def open_door(name, seconds=0.5):
    """Raise an object by its own height within so many seconds."""
    glide(name, (0.0, 0.0, objects[name].dimensions.z), seconds)


def close_door(name, seconds=0.5):
    """Lower an object by its own height within so many seconds."""
    glide(name, (0.0, 0.0, -objects[name].dimensions.z), seconds)


def advance_motions():
    """Go on with everything that glides or turns; the last call of every step."""
    motions = state.get("motions", [])
    for kind, name, start, offset, begun, seconds in motions:
        if kind == "spin":
            advance_spin(name, start, offset, begun)
            continue
        share = min((now + dt - begun) / seconds, 1.0) if seconds > dt else 1.0
        target = [s + share * o for s, o in zip(start, offset)]
        if kind == "glide":
            objects[name].location = target
        else:
            objects[name].rotation_euler = target
    state["motions"] = [m for m in motions if now + dt < m[4] + m[5] - 1e-6]
