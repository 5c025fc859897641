"""Where things are and were: putting them somewhere at once, taking them back to their start.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def keep_homes():
    """Remember the pose of every object in the first step."""
    if "homes" not in state:
        state["homes"] = {o.name: (tuple(o.location), tuple(o.rotation_quaternion)) for o in objects}


def is_free(name):
    """Whether physics moves an object now."""
    body = objects[name].rigid_body
    return body is not None and body.type == "ACTIVE" and body.enabled and not body.kinematic


def rest(name):
    """End an object's motions; a body that physics moves loses its velocity and its spin."""
    state["motions"] = [m for m in state.get("motions", []) if m[1] != name]
    if is_free(name):
        objects[name].velocity = (0, 0, 0)
        objects[name].angular_velocity = (0, 0, 0)


def stop(name):
    """End an object's motions; a body that physics moves loses its velocity and its spin.

    What pushes it ends as well, and a belt carries nothing any more.
    """
    rest(name)
    kept = [p for p in state.get("pushes", []) if p[0] != name and (p[1] != "belt" or p[2][0] != name)]
    state["pushes"] = kept


def put_at(name, target, keep=False):
    """Put an object at (x, y, z) at once, None for what it keeps; it is at rest there unless it keeps its velocity."""
    if not keep:
        rest(name)
    state["motions"] = [m for m in state.get("motions", []) if m[1] != name or "p" not in m[0]]
    objects[name].location = [p if t is None else t for t, p in zip(target, objects[name].location)]


def go_home(name, seconds=0.0, ease=False, speed=None):
    """Take an object back to the pose of the first step, over so many seconds or at a speed; a free body at once, at rest."""
    place, attitude = state["homes"][name]
    thing = objects[name]
    if is_free(name) or not (seconds or speed):
        put_at(name, place)
        thing.rotation_quaternion = attitude
        return
    if "swung " + name in state and math.dist(state["swung " + name][0], place) < 1e-4:
        swing_back(name, seconds, ease)
        return
    change = mathutils.Quaternion(attitude) @ thing.rotation_quaternion.inverted()
    seconds = math.dist(place, thing.location) / speed if speed else seconds
    if change.angle > 1e-6:
        turn(name, math.degrees(change.angle), tuple(change.axis), seconds, ease)
    glide_to(name, place, seconds, ease)


def point_by(name, offset=(0, 0, 0)):
    """The place of an object, so many metres (x, y, z) from it."""
    return [p + o for p, o in zip(objects[name].location, offset)]


def half_height(name):
    """Half of what an object measures from bottom to top as it stands, in metres."""
    turned = objects[name].rotation_quaternion.to_matrix()
    return sum(abs(turned[2][i]) * objects[name].dimensions[i] for i in range(3)) / 2


def point_over(name, gap=0.0, thing=None):
    """The place above the middle of an object's top, by a gap and, for a thing that is to stand there, half its height."""
    x, y, z = objects[name].location
    return (x, y, z + half_height(name) + gap + (half_height(thing) if thing else 0.0))


def way_to(name, target, length):
    """So many metres from an object in the direction of another."""
    way = objects[target].location - objects[name].location
    return tuple(way.normalized() * length)
