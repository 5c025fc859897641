"""What goes on for a time: gliding, turning, swinging about an edge.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def set_moving(channels, name, kind, data):
    """Go on with a motion in place of those of this object that move the same: "p" its place, "a" its attitude."""
    kept = [m for m in state.get("motions", []) if m[1] != name or not any(c in m[0] for c in channels)]
    state["motions"] = [*kept, (channels, name, kind, now, data)]
    state.pop("swung " + name, None)
    if "p" in channels:
        state.pop("closed " + name, None)


def glide(name, offset, seconds=0.0, ease=False):
    """Move an object by offset (x, y, z) in metres, evenly over so many seconds."""
    place = objects[name].location
    set_moving("p", name, "glide", (seconds, ease, (place.x, place.y, place.z), tuple(offset)))


def glide_to(name, target, seconds=1.0, ease=False, speed=None):
    """Move an object to (x, y, z), None for what it keeps, over so many seconds or at a speed in m/s."""
    offset = [0.0 if t is None else t - p for t, p in zip(target, objects[name].location)]
    glide(name, offset, math.hypot(*offset) / speed if speed else seconds, ease)


def turn(name, degrees, axis, seconds=0.0, ease=False, pivot=None):
    """Rotate an object by degrees about its own axis "x", "y" or "z" (or a world axis), evenly over so many seconds."""
    thing = objects[name]
    attitude = thing.rotation_quaternion.copy()
    if isinstance(axis, str):
        axis = attitude @ mathutils.Vector([float(axis == letter) for letter in "xyz"])
    pose = tuple(thing.location), tuple(attitude)
    set_moving("a" if pivot is None else "pa", name, "turn", (seconds, ease, *pose, tuple(axis), 0.0, degrees, pivot))


def swing(name, degrees, axis, side=None, seconds=0.0, ease=False):
    """Rotate an object by degrees about a world axis (x, y, z) through its edge on the side (x, y, z) of its own.

    Without a side it is the one at -x, or at -y of an object that is wider along y.
    """
    thing = objects[name]
    side = side or ((-1, 0, 0) if thing.dimensions.x >= thing.dimensions.y else (0, -1, 0))
    edge = mathutils.Vector([s * d / 2 for s, d in zip(side, thing.dimensions)])
    start = (tuple(thing.location), tuple(thing.rotation_quaternion), tuple(axis))
    pivot = tuple(thing.location + thing.rotation_quaternion @ edge)
    before = state.get("swung " + name)
    turn(name, degrees, axis, seconds, ease, pivot)
    same = before and math.dist(before[2], axis) < 1e-4 and math.dist(before[3], pivot) < 1e-4
    state["swung " + name] = before if same else (*start, pivot)


def swing_back(name, seconds=0.0, ease=False):
    """Take an object that swung about an edge back to where it was before."""
    place, attitude, axis, pivot = state.pop("swung " + name)
    change = objects[name].rotation_quaternion @ mathutils.Quaternion(attitude).inverted()
    way = sum(a * c for a, c in zip(axis, (change.x, change.y, change.z)))
    angle = math.degrees(2 * math.atan2(way, change.w))
    set_moving("pa", name, "turn", (seconds, ease, place, attitude, axis, angle, 0.0, pivot))


def advance_motions():
    """Go on with everything that glides or turns; the last call of every step."""
    goes_on = []
    for motion in state.get("motions", []):
        _, name, kind, begun, data = motion
        if kind not in ("glide", "turn", "size"):
            goes_on.append(motion)
            continue
        seconds, ease, start = data[:3]
        share = min((now + dt - begun) / seconds, 1.0) if seconds > dt else 1.0
        share = share * share * (3 - 2 * share) if ease else share
        if kind == "glide":
            objects[name].location = [s + share * o for s, o in zip(start, data[3])]
        elif kind == "size":
            objects[name].scale = [s * (1 + share * (f - 1)) for s, f in zip(start, data[3])]
        else:
            attitude, axis, first, last, pivot = data[3:]
            change = mathutils.Quaternion(axis, math.radians(first + share * (last - first)))
            objects[name].rotation_quaternion = change @ mathutils.Quaternion(attitude)
            if pivot is not None:
                edge = mathutils.Vector(pivot)
                objects[name].location = edge + change @ (mathutils.Vector(start) - edge)
        if now + dt < begun + seconds - 1e-6:
            goes_on.append(motion)
    state["motions"] = goes_on
    if goes_on:
        wake_at(now + dt)
