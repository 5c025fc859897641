"""What goes on without end: to and fro, round something, round itself.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def sway(name, first, last, period, even=False):
    """Move an object to and fro between two places (x, y, z; None for what it keeps), once there and back in a period.

    It starts from where it is, towards the last; from outside it first goes to the nearer end in a quarter of a period.
    """
    set_swaying(name, first, last, period, even, (first, last, period, even))


def sway_by(name, offset, period, even=False):
    """Move an object to and fro by offset (x, y, z) either way from where it is."""
    place = objects[name].location
    first, last = ([p + s * o for p, o in zip(place, offset)] for s in (-1, 1))
    set_swaying(name, first, last, period, even, (offset, period, even))


def set_swaying(name, first, last, period, even, said):
    """Begin to move to and fro; what goes on as it is said already goes on, so that a script may say so in every step."""
    going = [m for m in state.get("motions", []) if m[1] == name and m[2] == "sway"]
    if any(data[-1] == said for _, _, _, _, data in going):
        return
    place = objects[name].location
    first = mathutils.Vector([p if f is None else f for f, p in zip(first, place)])
    last = mathutils.Vector([p if v is None else v for v, p in zip(last, place)])
    way = last - first
    share = (place - first).dot(way) / way.length_squared
    inside = min(max(share, 0.0), 1.0)
    lead = period / 4 if (first + inside * way - place).length > 1e-4 else 0.0
    begin = inside / 2 if even else math.acos(1 - 2 * inside) / math.tau
    data = (tuple(place), tuple(first), tuple(way), begin, lead, period, even, said)
    set_moving("p", name, "sway", data)


def orbit(name, centre, period, radius=None, speed=None, clockwise=False):
    """Move an object round another one (or a place) at its height, at the present distance or a radius, in a period."""
    middle = mathutils.Vector(centre) if isinstance(centre, tuple) else objects[centre].location
    offset = objects[name].location - middle
    flat = mathutils.Vector((offset.x, offset.y, 0.0))
    if radius is not None:
        flat = radius * (flat.normalized() if flat.length > 1e-6 else mathutils.Vector((1.0, 0.0, 0.0)))
    if speed:
        period = math.tau * flat.length / speed
    rate = math.tau / period if period else 0.0
    set_moving("p", name, "orbit", (centre, (flat.x, flat.y, offset.z), -rate if clockwise else rate))


def spin_on(name, rate, axis="z"):
    """Turn an object about its own axis "x", "y" or "z" (or a world axis) without end, by rate in degrees a second."""
    attitude = objects[name].rotation_quaternion.copy()
    if isinstance(axis, str):
        axis = attitude @ mathutils.Vector([float(axis == letter) for letter in "xyz"])
    set_moving("a", name, "spin", (tuple(attitude), tuple(axis), rate))


def advance_cycles():
    """Go on with everything that moves to and fro or round something; after everything that glides."""
    for _, name, kind, begun, data in state.get("motions", []):
        time = now + dt - begun
        if kind == "sway":
            place, first, way, begin, lead, period, even, _ = data
            turns = (begin + max(time - lead, 0.0) / period) % 1.0
            share = 1 - abs(2 * turns - 1) if even else (1 - math.cos(math.tau * turns)) / 2
            target = [f + share * w for f, w in zip(first, way)]
            if time < lead:
                target = [p + time / lead * (t - p) for p, t in zip(place, target)]
            objects[name].location = target
        elif kind == "orbit":
            centre, (x, y, z), rate = data
            middle = centre if isinstance(centre, tuple) else objects[centre].location
            c, s = math.cos(rate * time), math.sin(rate * time)
            objects[name].location = (middle[0] + c * x - s * y, middle[1] + s * x + c * y, middle[2] + z)
        elif kind == "spin":
            attitude, axis, rate = data
            change = mathutils.Quaternion(axis, math.radians(rate * time % 360))
            objects[name].rotation_quaternion = change @ mathutils.Quaternion(attitude)
