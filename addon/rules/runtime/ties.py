"""What goes by another object: following it, looking at it.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def follow(name, leader, offset=None, distance=None):
    """Keep an object where it is from another one, or at an offset (x, y, z), or so many metres away on the same side."""
    apart = objects[name].location - objects[leader].location
    if distance is not None:
        apart = apart.normalized() * distance
    set_moving("p", name, "follow", (leader, tuple(apart) if offset is None else tuple(offset)))


def look_at(name, target, front="-Y"):
    """Keep an object's front, its own axis "-Y" unless told, towards another object or a place, its z axis up."""
    set_moving("a", name, "look", (target, front))


def face_once(name, target, front="-Y"):
    """Turn an object's front, its own axis "-Y" unless told, to another object or a place at once."""
    middle = mathutils.Vector(target) if isinstance(target, tuple) else objects[target].location
    way = middle - objects[name].location
    if way.length > 1e-6:
        objects[name].rotation_quaternion = way.to_track_quat(front, "Y" if front[-1] == "Z" else "Z")


def advance_ties():
    """Go on with everything that follows or looks at something; the last, when all else has moved."""
    for _, name, kind, _, data in state.get("motions", []):
        if kind == "follow":
            leader, offset = data
            objects[name].location = [p + o for p, o in zip(objects[leader].location, offset)]
    for _, name, kind, _, data in state.get("motions", []):
        if kind == "look":
            face_once(name, *data)
